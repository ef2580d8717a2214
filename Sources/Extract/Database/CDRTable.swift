public import Base
public import CallRecords
public import MariaDB

/// Reads the CDRs of a PBX from its database, in any of the layouts that PBXs have: FreePBX with and without
/// `linkedid` and `sequence`, Issabel, Asterisk's own (`start` for `calldate`, flags as words), columns of the site.
///
/// Rows come in the order of their start. A lost connection is made good, every row is handed over exactly once, or
/// `next` throws: an end that it reports is the end of the table.
public struct CDRTable: ~Copyable {
    /// What was found in the catalogue.
    public let description: TableDescription
    private let batchRows: Int
    private var scan: TableScan
    private var reader: CDRRowReader

    /// Connects and looks at the table; reads nothing yet.
    ///
    /// - Parameters:
    ///   - table: `cdr`, or with its database, `asteriskcdrdb.cdr`.
    ///   - window: The rows to read, by their start; nil for all, those without a start included.
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

    /// The server's number of the connection in use, as `KILL` takes it.
    var connectionIdentifier: UInt { scan.connectionIdentifier }

    /// Fills the batch with the next rows and appends what had to be put aside.
    ///
    /// - Parameters:
    ///   - batch: Is emptied first. The records' `line` is the number of the row in the order of reading.
    ///   - rejects: Gets rows that are no CDR, their cells separated by tabs.
    /// - Returns: False when there are no more. A batch may be empty before that, where all its rows were put aside.
    /// - Throws: ``ExtractError``; what the batch holds then is right, but it is not all.
    public mutating func next(
        into batch: inout CDRBatch,
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
