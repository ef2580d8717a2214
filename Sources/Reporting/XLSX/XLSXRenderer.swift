import Base
import Glibc

/// A workbook: one sheet for each report with real numbers, times and durations, the days of the window with charts,
/// and the meaning of every column.
public struct XLSXRenderer: Sendable {
    /// A renderer.
    public init() {}

    /// The workbook's bytes. libxlsxwriter can only write files, so a file without a name exists for a moment in
    /// `TMPDIR` or `/tmp`.
    ///
    /// - Throws: ``ReportError`` with code `rendering`: too many rows, or no space for the file.
    public func render(_ book: ReportBook) throws(ReportError) -> [UInt8] {
        for result in book.results where result.rows.count + 1 >= Sheet.mostRows {
            throw ReportError(
                .rendering,
                "Report \(result.definition.name) has \(result.rows.count) rows, more than a sheet holds. Use CSV."
            )
        }
        do {
            let file = try OpenFile.unnamed(in: "/tmp")
            try write(book, file.pathOfDescriptor)
            return try file.read(Int(file.size), at: 0)
        } catch let error as FileError {
            throw ReportError(.file, "No temporary file can be made: \(error.reason).")
        } catch let error as ReportError {
            throw error
        } catch {
            throw ReportError(.rendering, "The workbook cannot be written.", underlying: error)
        }
    }

    private func write(_ book: ReportBook, _ path: String) throws(ReportError) {
        let cells = book.results.reduce(0) { $0 + $1.rows.count * $1.columns.count }
        let workbook = try Workbook(path: path, savesMemory: cells > 2_000_000)
        let formats = workbook.makeFormats()
        var names: Set<String> = ["days", "weeks", "months", "columns"]
        if book.queues != nil { try DaySheet(book).add(to: workbook, formats) }
        for result in book.results {
            let title = result.definition.title
            let name = names.insert(title.lowercased()).inserted ? title : result.definition.name
            try add(result, to: workbook.addSheet(name, formats))
        }
        try addLegend(book, to: workbook.addSheet("Columns", formats))
        try workbook.close()
    }

    private func add(_ result: ReportResult, to sheet: Sheet) throws(ReportError) {
        let places = result.shownPlaces
        let keys = places.firstIndex { result.columns[$0].kind.isNumeric } ?? 1
        // The filters are shown above the headings.
        let heading = result.filterSentence == nil ? 0 : 1
        try sheet.setUp(headingHeight: 48, frozenColumns: min(keys, 4), headingRow: heading)
        if let filter = result.filterSentence { try sheet.write(filter, row: 0, column: 0) }
        for (column, place) in places.enumerated() {
            try writeHeading(result, place, to: sheet, row: heading, column: column)
        }
        for (number, row) in result.rows.enumerated() {
            for (column, place) in places.enumerated() {
                try write(row[place], result.columns[place].kind, to: sheet, row: heading + number + 1, column: column)
            }
        }
        if let total = result.total {
            // Below the filter's rows, so that sorting leaves it where it is.
            let row = heading + result.rows.count + 1
            for (column, place) in places.enumerated() {
                let name = column == 0 && (total[place] == .empty || result.columns[place].name == "period_start")
                if name {
                    try sheet.write("Total", row: row, column: column, .heading)
                } else {
                    try write(total[place], result.columns[place].kind, to: sheet, row: row, column: column)
                }
            }
        }
        try sheet.setFilter(
            firstRow: heading,
            lastRow: heading + max(result.rows.count, 1),
            lastColumn: places.count - 1
        )
    }

    private func writeHeading(
        _ result: ReportResult,
        _ place: Int,
        to sheet: Sheet,
        row: Int,
        column: Int
    ) throws(ReportError) {
        let name = Headings(result.columns).of(result.columns[place].name)
        let kind = result.columns[place].kind
        let texts = result.rows.prefix(500).map { DisplayWidth.of(Words.cell($0[place], kind)) }
        // Room for the name and the filter arrow.
        let heading = min(max(name.split(separator: " ").map(\.utf8.count).max() ?? 0, 6) + 4, 24)
        let least = kind == .timestamp ? 20 : heading
        try sheet.setColumn(column, width: min(max(least, heading, (texts.max() ?? 0) + 2), 40))
        try sheet.write(name, row: row, column: column, .heading)
    }

    private func write(
        _ cell: ReportCell,
        _ kind: ReportColumn.Kind,
        to sheet: Sheet,
        row: Int,
        column: Int
    ) throws(ReportError) {
        switch cell {
        case .empty: break
        case .text(let text): try sheet.write(text, row: row, column: column)
        case .moment(let moment): try sheet.write(moment.serial, row: row, column: column, .moment)
        case .integer(let value):
            if kind == .duration {
                try sheet.write(Double(value) / 86_400, row: row, column: column, .duration)
            } else {
                try sheet.write(Double(value), row: row, column: column)
            }
        case .tenths(let tenths):
            // Divided only once, so that 80.8 % is 0.808 and not its neighbour.
            let (number, style): (Double, Workbook.Style) =
                switch kind {
                case .average: (Double(tenths) / 864_000, .averageDuration)
                case .percent: (Double(tenths) / 1000, .percent)
                default: (Double(tenths) / 10, .oneDecimal)
                }
            try sheet.write(number, row: row, column: column, style)
        }
    }

    private func addLegend(_ book: ReportBook, to sheet: Sheet) throws(ReportError) {
        try sheet.setUp(headingHeight: 18, frozenColumns: 0)
        for (place, heading) in [("report", 16), ("column", 24), ("meaning", 110)].enumerated() {
            try sheet.setColumn(place, width: heading.1)
            try sheet.write(heading.0, row: 0, column: place, .heading)
        }
        var row = 1
        func line(_ cells: [String]) throws(ReportError) {
            for (place, cell) in cells.enumerated() { try sheet.write(cell, row: row, column: place, .wrapped) }
            row += 1
        }
        for result in book.results {
            let window = "\(result.window.from) to \(result.window.to), \(result.window.timeZone)"
            try line([result.definition.title, "", "\(result.definition.description) \(window)."])
            if let filter = result.filterSentence { try line([result.definition.title, "", "\(filter)."]) }
            let headings = Headings(result.columns)
            for column in result.shownPlaces.map({ result.columns[$0] }) {
                try line([
                    result.definition.title, headings.of(column.name), headings.explained(column.description),
                ])
            }
        }
        for note in book.notes { try line(["", "", note]) }
    }
}

extension LocalMoment {
    /// The moment as a spreadsheet's serial number: local days since 1899-12-30. Spreadsheets have no zones.
    var serial: Double { Double(day + 25_569) + Double(secondOfDay) / 86_400 }
}
