import Base

/// What a table for people shows of a report, and where.
struct TableLayout {
    struct Column {
        /// The name in the report.
        let name: String
        /// The heading, with one word on each line.
        let heading: [String]
        let isNumeric: Bool
        /// Whether its cells may be cut if the terminal is narrow: a moment or a number to call may not.
        let canBeCut: Bool
        let cells: [String]
        /// The same as in the report, which no language changes.
        let values: [ReportCell]
        /// The cell in the row of totals; empty without one.
        let total: String
        var width: Int
    }

    /// Values that are the same in every row: `source queue_log`.
    let constants: [String]
    /// Headings of columns that contain only zeros.
    let zeros: [String]
    /// The remaining columns.
    let columns: [Column]
    /// The number of columns that identify a row.
    let keyCount: Int
    /// Whether there is a row of totals.
    let hasTotal: Bool

    init(_ result: ReportResult) {
        let headings = Headings(result.columns)
        var constants: [String] = []
        var zeros: [String] = []
        var columns: [Column] = []
        var keyCount = 0
        var keysAreOpen = true
        for place in result.shownPlaces {
            let column = result.columns[place]
            let cells = result.rows.map { $0[place] }
            // The line about the window shows these.
            if column.name == "timezone" || column.name == "period_end" { continue }
            if column.name == "period_start", result.window.interval == .total, Set(cells).count <= 1 { continue }
            let isVoid = cells.allSatisfy { $0 == .empty || $0 == .integer(0) }
            if isVoid && !cells.isEmpty && column.kind != .text {
                zeros.append(headings.of(column.name))
                continue
            }
            if let first = cells.first, cells.count > 1 || Self.settings.contains(column.name),
                column.kind == .text || Self.settings.contains(column.name), cells.allSatisfy({ $0 == first })
            {
                if first != .empty { constants.append("\(headings.of(column.name)) \(Words.cell(first, column))") }
                continue
            }
            let texts = cells.map { Self.text($0, column, result) }
            let heading = headings.of(column.name).split(separator: " ").map(String.init)
            let total = result.total.map { Self.total($0[place], column, isFirst: columns.isEmpty) } ?? ""
            let width = (texts + heading + [total]).map(DisplayWidth.of).max() ?? 0
            columns.append(
                Column(
                    name: column.name,
                    heading: heading,
                    isNumeric: column.kind.isNumeric,
                    canBeCut: column.kind == .text && !Self.numbers.contains(column.name),
                    cells: texts,
                    values: cells,
                    total: total,
                    width: width
                )
            )
            if keysAreOpen && (column.name == "period_start" || column.kind == .text) {
                keyCount += 1
                // The PBX precedes the columns that identify a row.
                keysAreOpen = column.name == "period_start" || column.name == "pbx"
            } else {
                keysAreOpen = false
            }
        }
        self.constants = constants
        self.zeros = zeros
        self.columns = columns
        self.keyCount = min(max(keyCount, 1), columns.count)
        self.hasTotal = result.total != nil
    }

    /// Columns that repeat the request rather than show results.
    private static let settings: Set = ["service_level_s", "service_level_variant", "source", "session_source"]

    private static let numbers: Set = ["caller", "caller_e164", "number_e164"]

    /// The first column has the name of the row.
    private static func total(_ cell: ReportCell, _ column: ReportColumn, isFirst: Bool) -> String {
        guard column.name == "period_start" || cell == .empty else { return Words.cell(cell, column) }
        return isFirst ? localized("Total", context: "table") : ""
    }

    private static func text(_ cell: ReportCell, _ column: ReportColumn, _ result: ReportResult) -> String {
        // A list has little room, and the line about the window names the year.
        if case .moment(let moment) = cell, !result.definition.shown.isEmpty, result.window.isWithinYear {
            return Words.shortMoment(moment)
        }
        guard case .moment(let moment) = cell, column.name == "period_start" else {
            return Words.cell(cell, column)
        }
        switch result.window.interval {
        case .hour, .total: return "\(Words.weekday(moment.date)) \(Words.date(moment.date)) \(moment.minutes)"
        case .day: return "\(Words.weekday(moment.date)) \(Words.date(moment.date))"
        case .week, .month: return Words.date(moment.date)
        }
    }
}
