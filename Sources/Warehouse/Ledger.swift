import Postgres

/// What was applied to the database, according to its own record.
struct Ledger {
    struct Applied {
        let name: String
        let checksum: String
    }

    private(set) var migrations: [Int: Applied] = [:]
    /// Checksums by file name.
    private(set) var views: [String: String] = [:]

    /// Reads the ledger; it is empty for a database without one.
    init(_ connection: borrowing Connection) throws(PostgresError) {
        // Both tables are created in one step, so checking one is enough.
        let table = try connection.query("SELECT 1 WHERE to_regclass('voip.schema_migration') IS NOT NULL")
        guard !table.isEmpty else { return }
        let applied = try connection.query("SELECT number, name, checksum FROM voip.schema_migration")
        try applied.forEach { row throws(PostgresError) in
            migrations[Int(try row.int64(0))] = Applied(name: try row.text(1), checksum: try row.text(2))
        }
        let current = try connection.query("SELECT name, checksum FROM voip.schema_view")
        try current.forEach { row throws(PostgresError) in views[try row.text(0)] = try row.text(1) }
    }

    static func create(_ connection: borrowing Connection) throws(PostgresError) {
        try connection.execute(
            """
            CREATE SCHEMA IF NOT EXISTS voip;
            CREATE TABLE IF NOT EXISTS voip.schema_migration (
                number      integer PRIMARY KEY,
                name        text NOT NULL,
                checksum    text NOT NULL,
                applied_at  timestamptz NOT NULL DEFAULT now()
            );
            CREATE TABLE IF NOT EXISTS voip.schema_view (
                name        text PRIMARY KEY,
                checksum    text NOT NULL,
                applied_at  timestamptz NOT NULL DEFAULT now()
            )
            """
        )
    }

    /// SHA-256 of each text in hexadecimal digits. The server computes it, so we need no library for it.
    static func checksums(_ connection: borrowing Connection, _ texts: [String]) throws(PostgresError) -> [String] {
        let sql = "SELECT encode(sha256(t.x), 'hex') FROM unnest($1) WITH ORDINALITY AS t(x, n) ORDER BY t.n"
        return try connection.query(sql, [.bytesArray(texts.map { Array($0.utf8) })])
            .map { row throws(PostgresError) in try row.text(0) }
    }
}
