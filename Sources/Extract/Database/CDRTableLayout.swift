import CallRecords
import MariaDB

/// Which columns of a CDR a table has, and how each is queried: first the values, then the texts.
struct CDRTableLayout: TableLayout, Sendable {
    /// The typed columns.
    enum Value: String, Sendable, CaseIterable {
        case start, answer, end, duration, billsec, amaflags, sequence
    }

    static let timeNames = ["calldate", "start"]

    /// The start of the call: `calldate`, which FreePBX indexes, before `start`.
    let time: TimeColumn
    /// The meaning of a row's first cells.
    let values: [Value]
    /// The meaning of the cells after them.
    let texts: [(field: CDRField, column: TextColumn)]
    /// The cell of the linkedid.
    let linkedid: Int?
    /// The expressions to select, in the order of the cells.
    let expressions: [String]
    /// The column names as the table spells them, in the same order.
    let columnNames: [String]
    /// Columns that a current PBX writes and the table lacks.
    let missing: [String]
    /// Text columns that the table has.
    let present: CDRFieldSet

    /// The first cell that is a text.
    var firstText: Int { values.count }
    /// Legs of the same second have no order.
    var tieBreak: String? { nil }

    /// Assigns the columns of a table.
    ///
    /// - Parameters:
    ///   - shape: The table.
    ///   - names: The site's column names.
    ///   - times: Which of `calldate` and `start` contains the times.
    /// - Throws: ``ExtractError`` with `unknownTable` if the table cannot contain CDRs.
    init(_ shape: TableShape, names: ColumnNames, times: TimeColumns) throws(ExtractError) {
        let example = "\"start=call_time\", \"src=caller\", \"dst=callee\", \"duration=seconds\""
        guard let start = try names.names("start") ? names.column("start", in: shape) : times.column else {
            throw ExtractError(
                .unknownTable,
                "\(shape.name) has neither calldate nor start, so it is not a CDR table. "
                    + ColumnNames.advice(shape, table: "columns", example: example)
            )
        }
        var values: [(value: Value, column: TableShape.Column)] = []
        for value in Value.allCases {
            let column = value == .start ? start : try names.column(value.rawValue, in: shape)
            if let column { values.append((value, column)) }
        }
        var texts: [(field: CDRField, column: TextColumn)] = []
        for field in CDRField.allCases {
            if let column = try names.column(field.name, in: shape) { texts.append((field, TextColumn(column))) }
        }
        let present = CDRFieldSet(texts.map(\.field))
        guard present.contains(.dst) || present.contains(.channel) else {
            throw ExtractError(
                .unknownTable,
                "\(shape.name) has neither dst nor channel, so it is not a CDR table. "
                    + ColumnNames.advice(shape, table: "columns", example: example)
            )
        }
        let fallback = names.names("start") ? nil : times.fallback
        time = TimeColumn(start, fallback: fallback)
        self.values = values.map(\.value)
        self.texts = texts
        self.present = present
        linkedid = texts.firstIndex { $0.field == .linkedid }.map { $0 + values.count }
        expressions =
            values.map { [time] value in
                value.value == .start ? time.selected : TimeColumn.asWritten(value.column)
            } + texts.map(\.column.selected)
        columnNames = values.map(\.column.name) + texts.map(\.column.column.name)
        missing =
            Value.allCases.filter { !values.map(\.value).contains($0) }.map(\.rawValue)
            + CDRField.allCases.filter { !present.contains($0) }.map(\.name)
    }
}
