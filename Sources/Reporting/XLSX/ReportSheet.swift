import Base

/// A report as a sheet: what it is about, notes, then the rows with filters above and the totals below.
struct ReportSheet {
    let name: String

    private let result: ReportResult
    /// The lines above the headings.
    private let head: [String]
    /// The columns by their positions in the result: those that are printed, then the others.
    private let places: [Int]
    private let printed: Int
    private let frozen: Int

    /// Whether some of its columns are only on the screen.
    var isCutOnPaper: Bool { printed < places.count }
    /// The report's title and what a row is.
    var title: String { result.definition.title }
    var description: String { result.definition.description }

    private static let widest = 34

    /// At most so many rows of the sheet are not rows of the report.
    static func mostRowsAround(_ result: ReportResult) -> Int { result.notes.count + 6 }

    init(_ result: ReportResult, _ book: ReportBook, name: String) {
        (self.result, self.name) = (result, name)
        let shared = book.sharedNotes
        head =
            [Words.window(result.window)] + [result.filterSentence].compactMap { $0 }
            + [result.definition.description] + result.notes.map(\.text).filter { !shared.contains($0) }
        (places, printed, frozen) = Self.columns(result)
    }

    func add(to sheet: Sheet) throws(ReportError) {
        let heading = head.count + 1
        try sheet.write(title, row: 0, column: 0, CellStyle(look: .title))
        let widths = places.map(width)
        for (column, width) in widths.enumerated() { try sheet.setColumn(column, width: width) }
        let printedWidth = widths.prefix(printed).reduce(0, +)
        for (row, line) in head.enumerated() {
            try sheet.write(line, row: row + 1, columns: 0...max(printed - 1, 0), width: printedWidth, .softWrapped)
        }
        try sheet.setRow(heading, height: 48)
        for column in places.indices { try writeHeading(to: sheet, row: heading, column: column) }
        for (number, row) in result.rows.enumerated() {
            for (column, place) in places.enumerated() {
                try write(row[place], result.columns[place], to: sheet, row: heading + number + 1, column: column)
            }
        }
        let last = heading + max(result.rows.count, 1)
        if let total = result.total { try write(total: total, to: sheet, row: last + 1) }
        try sheet.setFilter(firstRow: heading, lastRow: last, lastColumn: places.count - 1)
        sheet.freeze(headingRow: heading, columns: frozen)
        try sheet.setPaper(headingRow: heading)
        try sheet.setPrintArea(lastRow: last + (result.total == nil ? 0 : 1), lastColumn: printed - 1)
    }

    /// What identifies a row comes first, then the most important figures. A single period is named above the table, so its
    /// beginning and its end are not printed, and neither are columns without any values.
    private static func columns(_ result: ReportResult) -> (places: [Int], printed: Int, frozen: Int) {
        let shown = result.shownPlaces
        let definition = result.definition
        if definition.hasChosenColumns { return (shown, shown.count, 1) }
        func name(_ place: Int) -> String { result.columns[place].name }
        let starts = result.place("period_start").map { place in Set(result.rows.map { $0[place] }) } ?? []
        let isOnePeriod = result.window.interval == .total && starts.count <= 1
        let others = shown.filter { place in
            !["period_end", "timezone"].contains(name(place)) && !(isOnePeriod && name(place) == "period_start")
                && (result.rows.isEmpty || result.rows.contains { $0[place] != .empty })
        }
        let minor = shown.filter { !others.contains($0) }
        var keys = others.filter { ["period_start", "pbx"].contains(name($0)) }
        if let first = others.first(where: { result.columns[$0].kind == .text && name($0) != "pbx" }),
            !definition.main.contains(name(first))
        {
            keys.append(first)
        }
        let main = definition.shown.isEmpty ? definition.main.compactMap(result.place).filter(others.contains) : []
        guard !main.isEmpty else { return (others + minor, others.count, max(keys.count, 1)) }
        let rest = others.filter { !keys.contains($0) && !main.contains($0) }
        return (keys + main + rest + minor, keys.count + main.count, max(keys.count, 1))
    }

    private func write(total: [ReportCell], to sheet: Sheet, row: Int) throws(ReportError) {
        // Below the filter's rows, so that sorting leaves it where it is.
        for (column, place) in places.enumerated() {
            let isName = column == 0 && (total[place] == .empty || result.columns[place].name == "period_start")
            if isName {
                try sheet.write(localized("Total"), row: row, column: column, CellStyle(look: .total))
            } else {
                try write(total[place], result.columns[place], to: sheet, row: row, column: column, .total)
            }
        }
    }

    private func writeHeading(to sheet: Sheet, row: Int, column: Int) throws(ReportError) {
        let reportColumn = result.columns[places[column]]
        let kind = reportColumn.kind
        let look: CellStyle.Look =
            kind.isNumeric ? .headingOfNumbers : column > 0 || kind == .timestamp ? .headingOfTexts : .heading
        let name = Headings(result.columns).of(reportColumn.name)
        try sheet.write(name, row: row, column: column, CellStyle(look: look))
    }

    /// The width of a column in characters.
    private func width(_ place: Int) -> Int {
        let column = result.columns[place]
        let texts = result.rows.prefix(500).map { DisplayWidth.of(Words.cell($0[place], column)) }
        let words = Headings(result.columns).of(column.name).split(separator: " ").map { DisplayWidth.of(String($0)) }
        // Room for the longest word and the filter arrow.
        let heading = min(max(words.max() ?? 0, 5) + 4, 24)
        let least = column.kind == .timestamp ? 18 : heading
        return min(max(least, heading, (texts.max() ?? 0) + 2), Self.widest)
    }

    private func write(
        _ cell: ReportCell,
        _ column: ReportColumn,
        to sheet: Sheet,
        row: Int,
        column place: Int,
        _ look: CellStyle.Look = .body
    ) throws(ReportError) {
        func style(_ number: CellStyle.Number) -> CellStyle { CellStyle(number: number, look: look) }
        switch cell {
        case .empty: if look == .total { try sheet.fill(row: row, column: place, style(.plain)) }
        case .text:
            let isApart = look == .body && place > 0
            try sheet.write(Words.cell(cell, column), row: row, column: place, CellStyle(look: isApart ? .text : look))
        case .moment(let moment): try sheet.write(moment.serial, row: row, column: place, style(.hour))
        case .integer(let value):
            if column.kind == .duration {
                try sheet.write(Double(value) / 86_400, row: row, column: place, style(.duration))
            } else {
                try sheet.write(Double(value), row: row, column: place, style(.plain))
            }
        case .tenths(let tenths):
            // Divided only once, so that 80.8 % is 0.808 and not its neighbour.
            let (number, format): (Double, CellStyle.Number) =
                switch column.kind {
                case .average: (Double(tenths) / 864_000, .averageDuration)
                case .percent: (Double(tenths) / 1000, .percent)
                default: (Double(tenths) / 10, .oneDecimal)
                }
            try sheet.write(number, row: row, column: place, style(format))
        }
    }
}
