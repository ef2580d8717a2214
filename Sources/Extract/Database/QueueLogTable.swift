public import CallRecords
public import MariaDB

/// Reads queue events from a table: Asterisk's realtime `queue_log`, FreePBX's `queuelog`, with data split over
/// `data1` to `data5` or joined by `|` in `data`.
///
/// Rows come in the order of their time, those of one time in the order of their `id` where that is known. What
/// ``CDRTable`` says of lost connections holds here too.
public struct QueueLogTable: ~Copyable {
    /// What was found in the catalogue.
    public let description: TableDescription
    private let layout: QueueLogTableLayout
    private var scan: TableScan
    private var line: Int64 = 0

    /// Connects and looks at the table; reads nothing yet.
    ///
    /// - Parameters:
    ///   - table: `queue_log`, or with its database, `asteriskcdrdb.queuelog`.
    ///   - window: The rows to read; nil for all. Its wall times are the table's: the PBX's local ones, or UTC with
    ///     `queue_log_realtime_use_gmt=yes`.
    ///   - configuration: The server. Its `resultText` does not matter.
    /// - Throws: `SourceError`.
    public init(_ table: String, window: SourceWindow?, in configuration: Configuration) throws(SourceError) {
        try self.init(table, window: window, in: configuration, pageRows: 20_000, patience: TableScan.Patience())
    }

    init(
        _ table: String,
        window: SourceWindow?,
        in configuration: Configuration,
        pageRows: Int,
        patience: TableScan.Patience
    ) throws(SourceError) {
        var configuration = configuration
        configuration.resultText = .asStored
        var connection = try Connection(toRead: configuration)
        let shape = try TableShape(of: table, on: &connection)
        let layout = try QueueLogTableLayout(shape)
        let description = TableDescription(
            shape,
            server: connection.serverVersion,
            columns: layout.columnNames,
            missing: layout.missing,
            time: layout.time.column
        )
        let scan = try TableScan(
            TableScan.Query(
                shape: shape,
                time: layout.time,
                expressions: layout.expressions,
                tieBreak: layout.tieBreak,
                window: window
            ),
            on: connection,
            configuration: configuration,
            pageRows: pageRows,
            patience: patience
        )
        self.layout = layout
        self.description = description
        self.scan = scan
    }

    /// How many times a lost connection was made good.
    public var resumptions: Int { scan.resumptions }

    /// The server's number of the connection in use, as `KILL` takes it.
    var connectionIdentifier: UInt { scan.connectionIdentifier }

    /// Adds the next rows to a batch.
    ///
    /// - Parameters:
    ///   - batch: Gets the events. Their line is the number of the row in the order of reading.
    ///   - rejects: Gets rows that are no event, their cells separated by tabs.
    ///   - count: At most so many rows are read.
    /// - Returns: Whether there may be more rows; false at the end, when everything was handed over.
    /// - Throws: `SourceError`; what was added before stays in the batch.
    public mutating func read(
        into batch: inout QueueEventBatch,
        rejects: inout [RejectedRecord],
        upTo count: Int = 20_000
    ) throws(SourceError) -> Bool {
        var reader = QueueLogRowReader(layout: layout, origin: description.table, line: line)
        defer { line = reader.line }
        return try scan.read(upTo: count) { row in
            reader.read(row, into: &batch, rejects: &rejects)
        }
    }
}
