internal import CallRecords
internal import MariaDB

/// Which columns of a CDR a table has, and how each is asked for: the values first, then the texts.
struct CDRTableLayout: TableLayout, Sendable {
    /// The typed columns.
    enum Value: String, Sendable, CaseIterable {
        case start, answer, end, duration, billsec, amaflags, sequence
    }

    /// The start of the call: `calldate`, which FreePBX indexes, before `start`.
    let time: TimeColumn
    /// What the first cells of a row are.
    let values: [Value]
    /// What the cells after them are.
    let texts: [(field: CDRField, column: TextColumn)]
    /// The cell of the linkedid.
    let linkedid: Int?
    /// To select, in the order of the cells.
    let expressions: [String]
    /// As the table spells them, in the same order.
    let columnNames: [String]
    /// Columns of a current PBX that the table does not have.
    let missing: [String]
    /// Text columns that the table has.
    let present: CDRFieldSet

    /// The first cell that is a text.
    var firstText: Int { values.count }
    /// Legs of one second have no order of their own.
    var tieBreak: String? { nil }

    /// Sorts the columns of a table.
    ///
    /// - Parameter shape: The table.
    /// - Throws: ``ExtractError`` with `unknownTable` where the table cannot hold CDRs.
    init(_ shape: TableShape) throws(ExtractError) {
        guard let start = shape.column(anyOf: ["calldate", "start"]) else {
            throw ExtractError(.unknownTable, "\(shape.name) has neither calldate nor start: it is no CDR table.")
        }
        let values = Value.allCases.compactMap { value in
            (value == .start ? start : shape.column(value.rawValue)).map { (value: value, column: $0) }
        }
        let texts = CDRField.allCases.compactMap { field in
            shape.column(field.name).map { (field: field, column: TextColumn($0)) }
        }
        let present = CDRFieldSet(texts.map(\.field))
        guard present.contains(.dst) || present.contains(.channel) else {
            throw ExtractError(.unknownTable, "\(shape.name) has neither dst nor channel: it is no CDR table.")
        }
        time = TimeColumn(start)
        self.values = values.map(\.value)
        self.texts = texts
        self.present = present
        linkedid = texts.firstIndex { $0.field == .linkedid }.map { $0 + values.count }
        expressions = values.map { TimeColumn.asWritten($0.column) } + texts.map(\.column.selected)
        columnNames = values.map(\.column.name) + texts.map(\.column.column.name)
        missing =
            Value.allCases.filter { !values.map(\.value).contains($0) }.map(\.rawValue)
            + CDRField.allCases.filter { !present.contains($0) }.map(\.name)
    }
}
