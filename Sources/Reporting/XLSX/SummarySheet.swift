import Base

/// The first sheet: the key figures with those of the previous period and of eight periods, notes, and what is on the other
/// sheets.
struct SummarySheet {
    private let book: ReportBook
    private let figures: [KeyFigure]
    private let sheets: [ReportSheet]

    private static let firstPeriod = 5

    init(_ book: ReportBook, _ sheets: [ReportSheet]) {
        (self.book, self.sheets) = (book, sheets)
        figures = KeyFigures(book).figures
    }

    func add(to sheet: Sheet) throws(ReportError) {
        let periods = book.trend?.periods.map(\.start) ?? []
        try setColumns(sheet)
        try sheet.write(Words.title(book.window), row: 0, column: 0, CellStyle(look: .title))
        try sheet.write(Words.subtitle(book), row: 1, column: 0, CellStyle(look: .soft))
        var row = 3
        if !figures.isEmpty {
            try writeHeadings(sheet, row: row, periods)
            for figure in figures {
                row += 1
                try write(figure, to: sheet, row: row)
            }
            row += 2
        }
        row = try write(
            localized("Notes"),
            book.sharedNotes
                + (sheets.contains(where: \.isCutOnPaper)
                    ? [
                        localized(
                            "On paper, a wide sheet ends with its most important columns; the others are on the screen."
                        )
                    ] : []),
            to: sheet,
            row: row
        )
        try sheet.write(localized("Sheets"), row: row, column: 0, CellStyle(look: .bold))
        for report in sheets {
            row += 1
            try sheet.writeLink(to: report.name, row: row, column: 0)
            let width = 3 * Self.figureWidth + Self.gapWidth + ReportTrend.count * periodWidth
            try sheet.write(report.description, row: row, columns: 1...Self.lastColumn, width: width, .softWrapped)
        }
        try sheet.setPaper(headingRow: 3)
        try sheet.setPrintArea(lastRow: row, lastColumn: Self.lastColumn)
    }

    private static let figureWidth = 11
    private static let gapWidth = 2
    private static let lastColumn = firstPeriod + ReportTrend.count - 1

    private var nameWidth: Int { min(max(figures.map { DisplayWidth.of($0.name) }.max() ?? 0, 24) + 2, 50) }
    private var periodWidth: Int { book.window.from.secondOfDay == 0 ? 11 : 16 }

    private func setColumns(_ sheet: Sheet) throws(ReportError) {
        try sheet.setColumn(0, width: nameWidth)
        for column in 1...3 { try sheet.setColumn(column, width: Self.figureWidth) }
        try sheet.setColumn(4, width: Self.gapWidth)
        for column in Self.firstPeriod...Self.lastColumn { try sheet.setColumn(column, width: periodWidth) }
    }

    private func writeHeadings(_ sheet: Sheet, row: Int, _ periods: [LocalMoment]) throws(ReportError) {
        try sheet.write(localized("key figure"), row: row, column: 0, .heading)
        for (place, name) in [localized("now"), localized("before"), localized("change")].enumerated() {
            try sheet.write(name, row: row, column: place + 1, CellStyle(look: .headingOfNumbers))
        }
        let isWhole = periods.allSatisfy { $0.secondOfDay == 0 }
        for (place, start) in periods.enumerated() {
            let style = CellStyle(number: isWhole ? .date : .hour, look: .headingOfNumbers)
            try sheet.write(start.serial, row: row, column: Self.firstPeriod + place, style)
        }
    }

    private func write(_ figure: KeyFigure, to sheet: Sheet, row: Int) throws(ReportError) {
        try sheet.write(figure.name, row: row, column: 0)
        try write(figure.amount, to: sheet, row: row, column: 1, .bold)
        if let before = figure.before {
            try write(before, to: sheet, row: row, column: 2, .body)
            try writeChange(figure, before, to: sheet, row: row)
        } else if !figure.remark.isEmpty {
            try sheet.write(figure.remark, row: row, column: 2, CellStyle(look: .soft))
        }
        for (place, amount) in figure.trend.enumerated() {
            guard let amount else { continue }
            try write(amount, to: sheet, row: row, column: Self.firstPeriod + place, .body)
        }
    }

    private func write(
        _ amount: KeyFigure.Amount,
        to sheet: Sheet,
        row: Int,
        column: Int,
        _ look: CellStyle.Look
    ) throws(ReportError) {
        guard let value = amount.value else { return }
        let (number, format): (Double, CellStyle.Number) =
            switch amount {
            case .count: (value, .grouped)
            case .share: (value / 100, .percent)
            case .seconds: (value.rounded() / 86_400, .duration)
            }
        try sheet.write(number, row: row, column: column, CellStyle(number: format, look: look))
    }

    /// Counts change by percent, shares by points, and times by seconds; coloured only beyond noise.
    private func writeChange(
        _ figure: KeyFigure,
        _ before: KeyFigure.Amount,
        to sheet: Sheet,
        row: Int
    ) throws(ReportError) {
        guard let now = figure.amount.value, let then = before.value else { return }
        let look: CellStyle.Look =
            switch figure.verdict {
            case .better: .better
            case .worse: .worse
            case nil: .body
            }
        switch figure.amount {
        case .count:
            guard then > 0 else { return }
            let style = CellStyle(number: .changeInPercent, look: look)
            try sheet.write((now - then) / then, row: row, column: 3, style)
        case .share: try sheet.write(now - then, row: row, column: 3, CellStyle(number: .changeInPoints, look: look))
        case .seconds:
            let style = CellStyle(number: .changeInSeconds, look: look)
            try sheet.write(now.rounded() - then.rounded(), row: row, column: 3, style)
        }
    }

    /// A heading with lines below it.
    ///
    /// - Returns: The row for what follows.
    private func write(_ heading: String, _ lines: [String], to sheet: Sheet, row: Int) throws(ReportError) -> Int {
        guard !lines.isEmpty else { return row }
        try sheet.write(heading, row: row, column: 0, CellStyle(look: .bold))
        let width = nameWidth + 3 * Self.figureWidth + Self.gapWidth + ReportTrend.count * periodWidth
        for (place, line) in lines.enumerated() {
            try sheet.write(line, row: row + 1 + place, columns: 0...Self.lastColumn, width: width)
        }
        return row + lines.count + 2
    }
}
