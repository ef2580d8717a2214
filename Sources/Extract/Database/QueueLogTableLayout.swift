import CallRecords
import MariaDB

/// Which columns of a queue event a table has, and how each is queried.
struct QueueLogTableLayout: TableLayout, Sendable {
    /// The fields, and their names in Asterisk, FreePBX and QueueMetrics.
    static let names: [(field: QueueEventField, names: [String], isNeeded: Bool)] = [
        (.callid, ["callid", "call_id"], true),
        (.queue, ["queuename", "queue", "queue_name", "qname"], true),
        (.agent, ["agent", "qagent"], true),
        (.event, ["event", "verb", "qevent"], true),
        (.data1, ["data1"], false), (.data2, ["data2"], false), (.data3, ["data3"], false),
        (.data4, ["data4"], false), (.data5, ["data5"], false),
    ]

    /// The possible names of the time column.
    static let timeNames = ["time", "time_id", "eventtime", "event_time"]

    let time: TimeColumn
    /// The selected columns after the time, in order.
    let fields: [(field: QueueEventField, column: TextColumn)]
    /// The column that contains all data joined by `|`: the last expression, if there is one.
    let joinedData: TextColumn?
    /// Orders rows of the same second, if that requires no sorting.
    let tieBreak: String?
    let missing: [String]

    /// Assigns the columns of a table.
    ///
    /// - Throws: ``ExtractError`` with `unknownTable` if the table cannot contain queue events.
    init(_ shape: TableShape, names columns: ColumnNames, times: TimeColumns) throws(ExtractError) {
        let advice = ColumnNames.advice(
            shape,
            table: "queue_log_columns",
            example: "\"time=at\", \"queuename=queue_id\", \"event=what\""
        )
        guard let time = try columns.names("time") ? columns.column("time", in: shape) : times.column else {
            throw ExtractError(.unknownTable, "\(shape.name) has no column time, so it is not a queue log. \(advice)")
        }
        self.time = TimeColumn(time)
        var fields: [(field: QueueEventField, column: TextColumn)] = []
        var missing: [String] = []
        for (field, names, isNeeded) in Self.names {
            let column = columns.names(names[0]) ? try columns.column(names[0], in: shape) : shape.column(anyOf: names)
            if let column {
                fields.append((field, TextColumn(column)))
            } else if isNeeded {
                throw ExtractError(
                    .unknownTable,
                    "\(shape.name) has no column \(names[0]), so it is not a queue log. \(advice)"
                )
            } else {
                missing.append(names[0])
            }
        }
        self.fields = fields
        joinedData = shape.column("data").map { TextColumn($0) }
        self.missing = missing
        tieBreak = Self.tieBreak(shape, time: time)
    }

    /// `time` and the fields' columns, as expressions.
    var expressions: [String] {
        [time.selected] + fields.map(\.column.selected) + (joinedData.map { [$0.selected] } ?? [])
    }

    /// The column names as the table spells them.
    var columnNames: [String] {
        [time.column.name] + fields.map(\.column.column.name) + (joinedData.map { [$0.column.name] } ?? [])
    }

    /// The `id` that counts the events, if the index on the time provides that order: InnoDB's indexes end in the
    /// primary key, MyISAM's in the position of the row. Without an index, everything is sorted anyway.
    private static func tieBreak(_ shape: TableShape, time: TableShape.Column) -> String? {
        guard let id = shape.column("id"), id.isInteger else { return nil }
        guard shape.indexes[time.name.lowercased()] != nil else { return Connection.identifier(id.name) }
        return shape.hasSnapshots && shape.indexes["id"] == "PRIMARY" ? Connection.identifier(id.name) : nil
    }
}
