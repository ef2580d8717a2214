import MariaDB

/// What the server's catalogue says about a table: its columns, its engine, and the columns by which it can be
/// searched.
struct TableShape: Sendable {
    /// One column.
    struct Column: Sendable {
        /// The name as the table spells it.
        let name: String
        /// `varchar`, `datetime`, `int` …, in lower case.
        let type: String
        /// Declared length of a text column in characters.
        let characters: Int?
        /// Character set of a text column, `latin1`, `utf8mb4` …; nil for numbers, times and binary strings.
        let charset: String?

        var isText: Bool { ["char", "varchar", "enum", "set"].contains(type) || type.hasSuffix("text") }
        var isBinary: Bool { type.hasSuffix("binary") || type.hasSuffix("blob") }
        var isInteger: Bool { type.hasSuffix("int") }
        var isNumber: Bool { isInteger || ["decimal", "double", "float"].contains(type) }
    }

    /// The name as the configuration spells it, `cdr` or `asteriskcdrdb.cdr`.
    let name: String
    /// Quoted for SQL.
    let quotedName: String
    /// In the table's order.
    let columns: [Column]
    /// `InnoDB`, `MyISAM`, `Aria` …; nil for a view.
    let engine: String?
    /// The catalogue's estimate of the number of rows.
    let estimatedRows: Int?
    /// Index names by the column with which they begin, in lower case. `PRIMARY` is preferred, then the index with the
    /// fewest columns.
    let indexes: [String: String]

    /// Whether a transaction sees the table as it was when it began.
    var hasSnapshots: Bool { ["innodb", "rocksdb", "tokudb"].contains(engine?.lowercased()) }

    /// The column with this name, in any case.
    func column(_ name: String) -> Column? {
        columns.first { $0.name.lowercased() == name }
    }

    /// The first of these columns that the table has.
    func column(anyOf names: [String]) -> Column? {
        for name in names { if let column = column(name) { return column } }
        return nil
    }

    /// Queries the catalogue. This requires no privilege but SELECT on the table.
    ///
    /// - Parameters:
    ///   - name: `table` or `database.table`.
    ///   - connection: A connection without an open result.
    /// - Throws: ``ExtractError``; `unknownTable` if the user can see no such table.
    init(of name: String, on connection: inout Connection) throws(ExtractError) {
        let parts = name.split(separator: ".", maxSplits: 1).map(String.init)
        guard let table = parts.last else { throw ExtractError(.unknownTable, "the table has no name") }
        let schema = parts.count == 2 ? connection.literal(parts[0]) : "DATABASE()"
        let place = "table_schema = \(schema) AND table_name = \(connection.literal(table))"
        do {
            columns = try connection.query(
                "SELECT column_name, data_type, character_maximum_length, character_set_name"
                    + " FROM information_schema.columns WHERE \(place) ORDER BY ordinal_position"
            ).compactMap { row in
                guard let name = row[0], let type = row[1]?.lowercased() else { return nil }
                return Column(name: name, type: type, characters: row[2].flatMap { Int($0) }, charset: row[3])
            }
            let status = try connection.query(
                "SELECT engine, table_rows FROM information_schema.tables WHERE \(place)"
            )
            engine = status.first?[0]
            estimatedRows = status.first?[1].flatMap { Int($0) }
            let leading = try connection.query(
                "SELECT column_name, index_name FROM information_schema.statistics WHERE \(place)"
                    + " AND seq_in_index = 1 AND index_type = 'BTREE' AND sub_part IS NULL"
                    + " ORDER BY index_name <> 'PRIMARY', index_name"
            )
            indexes = leading.reduce(into: [:]) { found, row in
                guard let column = row[0]?.lowercased(), let index = row[1], found[column] == nil else { return }
                found[column] = index
            }
        } catch {
            throw ExtractError(database: error)
        }
        guard !columns.isEmpty else {
            throw ExtractError(.unknownTable, "the table \(name) does not exist, or the user has no SELECT on it")
        }
        self.name = name
        quotedName = parts.map { Connection.identifier($0) }.joined(separator: ".")
    }
}

extension Connection {
    /// Connects; failures are reported as those of a source.
    init(toRead configuration: Configuration) throws(ExtractError) {
        do throws(DatabaseError) {
            try self.init(configuration)
        } catch {
            throw ExtractError(database: error)
        }
    }
}
