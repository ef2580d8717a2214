public import CallRecords
public import MariaDB

/// Reads the CDRs of a PBX from its database, in any of the layouts that PBXs have: FreePBX with and without
/// `linkedid` and `sequence`, Issabel, Asterisk's own (`start` for `calldate`, flags as words), columns of the site.
///
/// Rows come in the order of their start. A lost connection is made good, every row is handed over exactly once, or
/// `read` throws: an end that it reports is the end of the table.
public struct CDRTable: ~Copyable {
    /// What was found in the catalogue.
    public let description: TableDescription
    private let layout: CDRTableLayout
    private var scan: TableScan
    private var line: Int64 = 0

    /// Connects and looks at the table; reads nothing yet.
    ///
    /// - Parameters:
    ///   - table: `cdr`, or with its database, `asteriskcdrdb.cdr`.
    ///   - window: The rows to read, by their start; nil for all, those without a start included.
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
        let layout = try CDRTableLayout(shape)
        let description = TableDescription(
            shape,
            server: connection.serverVersion,
            columns: layout.columnNames,
            missing: layout.missing,
            time: layout.start.column
        )
        let scan = try TableScan(
            TableScan.Query(
                shape: shape,
                time: layout.start,
                expressions: layout.expressions,
                tieBreak: nil,
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
    ///   - batch: Gets the records. Their `line` is the number of the row in the order of reading.
    ///   - rejects: Gets rows that are no CDR, their cells separated by tabs.
    ///   - count: At most so many rows are read.
    /// - Returns: Whether there may be more rows; false at the end, when everything was handed over.
    /// - Throws: `SourceError`; what was added before stays in the batch.
    public mutating func read(
        into batch: inout CDRBatch,
        rejects: inout [RejectedRecord],
        upTo count: Int = 20_000
    ) throws(SourceError) -> Bool {
        var reader = CDRRowReader(layout: layout, origin: description.table, line: line)
        defer { line = reader.line }
        return try scan.read(upTo: count) { row in
            reader.read(row, into: &batch, rejects: &rejects)
        }
    }
}

extension Connection {
    /// Connects; failures are those of a source.
    init(toRead configuration: Configuration) throws(SourceError) {
        do throws(DatabaseError) {
            try self.init(configuration)
        } catch {
            // What cannot be reached now will not have lost anything: the administrator has to look, unless it was late.
            throw SourceError(error)
        }
    }
}
