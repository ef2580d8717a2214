import Base
import Postgres

extension Status {
    static func readPBXs(_ connection: borrowing Connection) throws(PostgresError) -> [PBX] {
        guard try exists("voip.queue_event", connection) else { return [] }
        return try connection.query(SQLFiles.Status.spans).map { row throws(PostgresError) in
            PBX(
                name: try row.text(0),
                timeZone: try row.textIfPresent(1),
                firstCallAt: try row.textIfPresent(2),
                lastCallAt: try row.textIfPresent(3),
                firstEventAt: try row.textIfPresent(4),
                lastEventAt: try row.textIfPresent(5)
            )
        }
    }

    static func readContacts(_ connection: borrowing Connection) throws(PostgresError) -> [Contacts] {
        // The warehouse may not be migrated yet when a newer program reads it.
        guard try exists("voip.contact_sync", connection) else { return [] }
        return try connection.query(SQLFiles.Status.contacts).map { row throws(PostgresError) in
            Contacts(source: try row.text(0), syncedAt: try row.textIfPresent(1), count: try row.int64(2))
        }
    }

    static func readLastRuns(_ connection: borrowing Connection, limit: Int) throws(PostgresError) -> [Run] {
        guard try exists("voip.etl_run", connection) else { return [] }
        return try connection.query(SQLFiles.Status.runs, [.int64(Int64(limit))]).map { row throws(PostgresError) in
            Run(
                id: try row.int64(0),
                pbx: try row.text(1),
                source: try row.text(2),
                startedAt: try row.text(3),
                finishedAt: try row.textIfPresent(4),
                outcome: try row.int64IfPresent(5).map { Int(clamping: $0) },
                seconds: try row.doubleIfPresent(6),
                legs: try counts(row, at: 7, updated: 9),
                events: try counts(row, at: 11, updated: nil),
                calls: try row.int64IfPresent(14),
                warnings: strings(try row.textIfPresent(15)),
                error: try row.textIfPresent(16)
            )
        }
    }

    /// Columns `read`, `inserted`, `updated` if there is one, and `rejected`; nil if nothing was to be read.
    private static func counts(
        _ row: borrowing Row,
        at place: Int,
        updated: Int?
    ) throws(PostgresError) -> Counts? {
        guard let read = try row.int64IfPresent(place) else { return nil }
        var changed: Int64 = 0
        if let updated { changed = try row.int64IfPresent(updated) ?? 0 }
        return Counts(
            read: read,
            inserted: try row.int64IfPresent(place + 1) ?? 0,
            updated: changed,
            rejected: try row.int64IfPresent(place + (updated == nil ? 2 : 3)) ?? 0
        )
    }

    /// The strings in an array that PostgreSQL wrote as JSON.
    private static func strings(_ json: String?) -> [String] {
        guard let json, case .array(let items)? = JSON(parsing: json) else { return [] }
        return items.compactMap { if case .string(let text) = $0 { text } else { nil } }
    }

    private static func exists(_ table: String, _ connection: borrowing Connection) throws(PostgresError) -> Bool {
        try connection.query("SELECT to_regclass($1) IS NOT NULL", [.text(table)])
            .first { row throws(PostgresError) in try row.bool(0) } ?? false
    }
}
