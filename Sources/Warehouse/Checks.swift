public import Postgres

/// Integrity checks: queries that return rows that should not exist.
public struct Checks: Sendable {
    /// What a check found.
    public struct Finding: Sendable, Hashable {
        /// The check's file name without its extension.
        public let name: String
        /// The condition that must hold, from the first line of the file.
        public let title: String
        /// The number of rows that violate it.
        public let count: Int
        /// The columns of ``rows``.
        public let columns: [String]
        /// The first of these rows, as printed by the server. They may contain callers' numbers.
        public let rows: [[String?]]
    }

    /// The number of rows shown in a finding.
    static let shownRows = 10

    private let files: [SQLFile]

    /// - Parameter files: The checks are the files in `checks/`.
    public init(files: [SQLFile] = SQLFile.embedded) {
        self.files = files.inFolder("checks")
    }

    /// The number of checks.
    public var count: Int { files.count }

    /// Runs all checks on one consistent state of the database. Writes nothing.
    ///
    /// - Returns: The failed checks, ordered by name.
    /// - Throws: ``WarehouseError``, naming a check that cannot be run, or ``PostgresError``.
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
        // The line feed ends a comment on the last line of the query.
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

    /// The query without its final semicolon.
    static func query(_ content: String) -> String {
        var query = content[...]
        while let last = query.last, last == ";" || last.isWhitespace { query.removeLast() }
        return String(query)
    }
}
