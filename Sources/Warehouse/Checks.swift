public import Postgres

/// Integrity checks: queries that return the rows that should not be there.
public struct Checks: Sendable {
    /// What a check found.
    public struct Finding: Sendable, Hashable {
        /// The check's file name without ending.
        public let name: String
        /// What must hold, from the first line of the file.
        public let title: String
        /// How many rows break it.
        public let count: Int
        /// The columns of ``rows``.
        public let columns: [String]
        /// The first rows, as the server prints them. They may hold callers' numbers.
        public let rows: [[String?]]
    }

    /// How many rows a finding shows.
    static let shownRows = 10

    private let files: [SQLFile]

    /// - Parameter files: Those in `checks/` are run.
    public init(files: [SQLFile] = SQLFile.embedded) {
        self.files = files.inFolder("checks")
    }

    /// How many checks there are.
    public var count: Int { files.count }

    /// Runs all checks on one state of the database. Writes nothing.
    ///
    /// - Returns: The checks that failed, in the order of their names.
    /// - Throws: ``WarehouseError`` for a check that cannot be run, naming it, or ``PostgresError``.
    public func run(_ connection: borrowing Connection) throws -> [Finding] {
        try connection.transaction(readOnly: true) { connection in
            var findings: [Finding] = []
            for file in files {
                if let finding = try run(file, connection) { findings.append(finding) }
            }
            return findings
        }
    }

    private func run(_ file: SQLFile, _ connection: borrowing Connection) throws -> Finding? {
        // The line feed ends a comment in the last line of the query.
        let sql = """
            SELECT count(*) OVER (), finding.* FROM (
            \(Self.query(file.content))
            ) AS finding LIMIT \(Self.shownRows)
            """
        let rows = try query(sql, file, connection)
        guard let count = try rows.first({ row throws(PostgresError) in try row.int64(0) }) else { return nil }
        let columns = rows.columns.dropFirst().map(\.name)
        return Finding(
            name: file.title,
            title: Self.title(file.content) ?? file.title,
            count: Int(count),
            columns: columns,
            rows: try rows.map { row throws(PostgresError) in
                var cells: [String?] = []
                for column in 0..<columns.count { cells.append(try row.textIfPresent(column + 1)) }
                return cells
            }
        )
    }

    private func query(_ sql: String, _ file: SQLFile, _ connection: borrowing Connection) throws -> Rows {
        do {
            return try connection.query(sql)
        } catch {
            guard error.code == .sql else { throw error }
            throw WarehouseError(.check, "The check \(file.title) cannot be run. \(error)")
        }
    }

    /// The text of the first comment.
    static func title(_ content: String) -> String? {
        guard let line = content.split(separator: "\n").first, line.hasPrefix("--") else { return nil }
        let title = line.drop { $0 == "-" || $0 == " " }
        return title.isEmpty ? nil : String(title)
    }

    /// The query without the semicolon at its end.
    static func query(_ content: String) -> String {
        var query = content[...]
        while let last = query.last, last == ";" || last.isWhitespace { query.removeLast() }
        return String(query)
    }
}
