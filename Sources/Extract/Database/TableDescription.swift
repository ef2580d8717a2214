/// What a reader found out about its table from the catalogue, for `inspect` and for the run's warnings.
public struct TableDescription: Sendable, Equatable {
    /// The name as the configuration spells it.
    public let table: String
    /// `InnoDB`, `MyISAM` …; nil for a view.
    public let engine: String?
    /// The server's version.
    public let server: String
    /// Columns that are read, as the table spells them.
    public let columns: [String]
    /// The site's own columns, which are not read.
    public let ignored: [String]
    /// Columns that a current PBX writes and this table lacks.
    public let missing: [String]
    /// The catalogue's estimate of the number of rows.
    public let estimatedRows: Int?
    /// Warnings for the administrator.
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
            warnings.append("\(undated) rows of \(shape.name) have no time in \(time.name) and so are in no window.")
        }
        self.warnings = warnings
    }
}

/// Observations from reading a table.
public struct TableNotes: Sendable, Equatable {
    /// The changes made to texts.
    public let texts: TextNotes
    /// Rows read, including rejected ones.
    public let records: Int64
    /// How many times a lost connection was restored.
    public let resumptions: Int
    /// Rows whose uniqueid or linkedid fills the width of its column, so that the server may have cut it.
    public let cutNames: Int
}
