public import Base
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
    private let batchRows: Int
    private var scan: TableScan
    private var reader: QueueLogRowReader

    /// Connects and looks at the table; reads nothing yet.
    ///
    /// - Parameters:
    ///   - table: `queue_log`, or with its database, `asteriskcdrdb.queuelog`.
    ///   - window: The rows to read; nil for all. Its wall times are the table's: the PBX's local ones, or UTC with
    ///     `queue_log_realtime_use_gmt=yes`.
    ///   - configuration: The server. Its `resultText` does not matter.
    ///   - encoding: Of texts that are not UTF-8 in columns which the server does not convert; `nil`: told by their letters.
    ///   - columns: The site's names of columns.
    ///   - batchRows: Rows a batch.
    /// - Throws: ``ExtractError``.
    public init(
        _ table: String,
        window: SourceWindow?,
        in configuration: Configuration,
        encoding: TextEncoding? = nil,
        columns: ColumnNames = ColumnNames(),
        batchRows: Int = Defaults.batchRows
    ) throws(ExtractError) {
        try self.init(
            table,
            window: window,
            in: configuration,
            encoding: encoding,
            columns: columns,
            batchRows: batchRows,
            pace: TableScan.Pace()
        )
    }

    init(
        _ table: String,
        window: SourceWindow?,
        in configuration: Configuration,
        encoding: TextEncoding?,
        columns: ColumnNames = ColumnNames(),
        batchRows: Int,
        pace: TableScan.Pace
    ) throws(ExtractError) {
        let opened = try OpenTable<QueueLogTableLayout>(
            table,
            window: window,
            names: columns,
            in: configuration,
            pace: pace
        )
        description = opened.description
        self.batchRows = batchRows
        reader = QueueLogRowReader(layout: opened.layout, origin: table, encoding: encoding)
        scan = opened.scan
    }

    /// What was noticed so far.
    public var notes: TableNotes {
        TableNotes(texts: reader.texts, records: reader.line, resumptions: scan.resumptions, cutNames: 0)
    }

    /// The server's number of the connection in use, as `KILL` takes it.
    var connectionIdentifier: UInt { scan.connectionIdentifier }

    /// Fills the batch with the next rows and appends what had to be put aside.
    ///
    /// - Parameters:
    ///   - batch: Is emptied first. The records' `line` is the number of the row in the order of reading.
    ///   - rejects: Gets rows that are no event, their cells separated by tabs.
    /// - Returns: False when there are no more. A batch may be empty before that, where all its rows were put aside.
    /// - Throws: ``ExtractError``; what the batch holds then is right, but it is not all.
    public mutating func next(
        into batch: inout QueueEventBatch,
        rejects: inout [RejectedRecord]
    ) throws(ExtractError) -> Bool {
        batch.removeAll()
        guard !scan.isAtEnd else { return false }
        // Taken out of self, so that the scan may change the rest of it.
        var reader = reader
        defer { self.reader = reader }
        let more = try scan.read(upTo: batchRows) { row in reader.read(row, into: &batch, rejects: &rejects) }
        return more || !batch.isEmpty
    }
}
