import Postgres

/// Puts views whose text has changed into the database, in one transaction.
struct ViewUpdate {
    let changed: [(file: SQLFile, checksum: String)]
    let all: [SQLFile]

    func run(_ connection: borrowing Connection) throws {
        guard !changed.isEmpty else { return }
        try connection.transaction { connection in
            do {
                // Replacing keeps the rights that were granted, and what others have built upon a view.
                try connection.savepoint { connection in
                    for view in changed { try connection.execute(view.file.content) }
                }
            } catch let error as PostgresError where Self.needsRemoval(error) {
                try dropAll(connection)
                for view in all { try connection.execute(view.content) }
            }
            for view in changed {
                try connection.query(
                    """
                    INSERT INTO voip.schema_view (name, checksum) VALUES ($1, $2)
                    ON CONFLICT (name) DO UPDATE SET checksum = excluded.checksum, applied_at = now()
                    """,
                    [.text(view.file.name), .text(view.checksum)]
                )
            }
        }
    }

    /// 42P16: a column was renamed, moved, removed or got another type, which CREATE OR REPLACE refuses.
    /// 42P13: the same of a function.
    private static func needsRemoval(_ error: PostgresError) -> Bool {
        error.isSQLState("42P16") || error.isSQLState("42P13")
    }

    /// Every view of the schema is made from a file, so all of them can be made again. What somebody else built upon
    /// one stands in the way, and the server's refusal names it.
    private func dropAll(_ connection: borrowing Connection) throws {
        let names = try connection.query("SELECT viewname FROM pg_views WHERE schemaname = 'voip'")
            .map { row throws(PostgresError) in "voip." + SQL.identifier(try row.text(0)) }
        guard !names.isEmpty else { return }
        try connection.execute("DROP VIEW \(names.joined(separator: ", "))")
    }
}
