public import Base
public import CallRecords
public import MariaDB

/// Reads the CDRs of a PBX from its database, in any of the usual layouts: FreePBX with and without `linkedid` and
/// `sequence`, Issabel, Asterisk's own (`start` instead of `calldate`, flags as words), and the site's own columns.
///
/// Rows come in the order of their start. A lost connection is restored: either every row is passed on exactly once, or
/// `next` throws. An end that it reports is the end of the table.
public struct CDRTable: ~Copyable {
    /// What was found in the catalogue.
    public let description: TableDescription
    private let batchRows: Int
    private var scan: TableScan
    private var reader: CDRRowReader

    /// Connects and examines the table; reads nothing yet.
    ///
    /// - Parameters:
    ///   - table: `cdr`, or with its database, `asteriskcdrdb.cdr`.
    ///   - window: The rows to read, by their start; nil for all rows, including those without a start.
    ///   - configuration: The server. Its `resultText` is ignored.
    ///   - encoding: For texts that are not UTF-8 in columns that the server does not convert; `nil`: inferred from
    ///     their letters.
    ///   - columns: The site's column names.
    ///   - batchRows: Rows in a batch.
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
        let opened = try OpenTable<CDRTableLayout>(
            table,
            window: window,
            names: columns,
            in: configuration,
            pace: pace
        )
        description = opened.description
        self.batchRows = batchRows
        reader = CDRRowReader(layout: opened.layout, origin: table, encoding: encoding)
        scan = opened.scan
    }

    /// What was noticed so far.
    public var notes: TableNotes {
        TableNotes(
            texts: reader.texts,
            records: reader.line,
            resumptions: scan.resumptions,
            cutNames: reader.cutNames
        )
    }

    /// The server's id of the current connection, as `KILL` takes it.
    var connectionIdentifier: UInt { scan.connectionIdentifier }

    /// Fills the batch with the next rows and appends the rejected ones.
    ///
    /// - Parameters:
    ///   - batch: Emptied first. The records' `line` is the number of the row in the order of reading.
    ///   - rejects: Receives rows that are not CDRs, with their cells separated by tabs.
    /// - Returns: False when there are no more rows. A batch may be empty before that, if all its rows were rejected.
    /// - Throws: ``ExtractError``; the contents of the batch are then correct but incomplete.
    public mutating func next(
        into batch: inout CDRBatch,
        rejects: inout [RejectedRecord]
    ) throws(ExtractError) -> Bool {
        batch.removeAll()
        guard !scan.isAtEnd else { return false }
        // Moved out of self, so that the scan can change the rest of it.
        var reader = reader
        defer { self.reader = reader }
        let more = try scan.read(upTo: batchRows) { row in reader.read(row, into: &batch, rejects: &rejects) }
        return more || !batch.isEmpty
    }
}
