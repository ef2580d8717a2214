/// What a reader found in the catalogue about its table, for `inspect` and for the run's warnings.
public struct TableDescription: Sendable, Equatable {
    /// As the configuration spells it.
    public let table: String
    /// `InnoDB`, `MyISAM` …; nil for a view.
    public let engine: String?
    /// The server's version.
    public let server: String
    /// Columns that are read, as the table spells them.
    public let columns: [String]
    /// Columns of the site that nobody asked for.
    public let ignored: [String]
    /// Columns that a current PBX writes and this table does not have.
    public let missing: [String]
    /// The catalogue's estimate of the number of rows.
    public let estimatedRows: Int?
    /// What the administrator should know.
    public let warnings: [String]

    init(
        _ shape: TableShape,
        server: String,
        columns: [String],
        missing: [String],
        time: TableShape.Column,
        undated: Int
    ) {
        table = shape.name
        engine = shape.engine
        self.server = server
        self.columns = columns
        let used = Set(columns)
        ignored = shape.columns.map(\.name).filter { !used.contains($0) }
        self.missing = missing
        estimatedRows = shape.estimatedRows
        var warnings: [String] = []
        if shape.indexes[time.name.lowercased()] == nil {
            warnings.append(
                "\(shape.name) has no index that begins with \(time.name): every window reads the whole table."
            )
        }
        if undated > 0 {
            warnings.append("\(undated) rows of \(shape.name) have no time in \(time.name) and lie in no window.")
        }
        self.warnings = warnings
    }
}

/// What was noticed while a table was read.
public struct TableNotes: Sendable, Equatable {
    /// What had to be done to texts.
    public let texts: TextNotes
    /// Rows read, those put aside among them.
    public let records: Int64
    /// How many times a lost connection was made good.
    public let resumptions: Int
    /// Rows whose uniqueid or linkedid is as long as its column is wide, so that the server may have cut it.
    public let cutNames: Int
}
