public import Postgres
import Warehouse

/// The PBXs that the warehouse knows, and the lock that allows one run at a time for each.
public enum PBXRegister {
    /// The number of a PBX, which is registered if it is new.
    ///
    /// - Throws: `PostgresError`.
    public static func number(of name: String, _ connection: borrowing Connection) throws -> Int16 {
        if let number = try known(name, connection) { return number }
        _ = try connection.query(SQLFiles.Load.addPbx, [.text(name)])
        return try known(name, connection) ?? 0
    }

    private static func known(_ name: String, _ connection: borrowing Connection) throws(PostgresError) -> Int16? {
        try connection.query(SQLFiles.Load.pbx, [.text(name)], format: .binary)
            .first { row throws(PostgresError) in Int16(clamping: try row.int64(0)) }
    }

    /// Stores the zone of a PBX's clock, in which reports count its days unless another zone is requested.
    ///
    /// - Parameter zone: its IANA name. A bare offset, as found from the times in a file, is not a name.
    /// - Throws: `PostgresError`.
    public static func note(zone: String, of pbx: Int16, _ connection: borrowing Connection) throws {
        guard !zone.hasPrefix("UTC+"), !zone.hasPrefix("UTC-") else { return }
        _ = try connection.query(
            "update voip.pbx set timezone = $2 where pbx_id = $1 and timezone is distinct from $2",
            [.int64(Int64(pbx)), .text(zone)]
        )
    }

    /// Runs `body` while this session holds the lock of a PBX. Returns `nil` if another run holds it.
    ///
    /// - Throws: `PostgresError`, or any error of `body`.
    public static func withLock<Result>(
        _ name: String,
        _ connection: borrowing Connection,
        _ body: (borrowing Connection) throws -> Result
    ) throws -> Result? {
        let key =
            try connection.query("select hashtextextended('crm-voip etl ' || $1, 0)", [.text(name)], format: .binary)
            .first { row throws(PostgresError) in try row.int64(0) } ?? 0
        guard try connection.tryAdvisoryLock(key) else { return nil }
        // If this fails, the session is gone, and the lock with it.
        defer { _ = try? connection.advisoryUnlock(key) }
        return try body(connection)
    }

    /// Runs `body` while no run can work on any PBX. Returns `nil` if a run is at work.
    ///
    /// - Throws: `PostgresError`, or any error of `body`.
    public static func withEveryLock<Result>(
        _ connection: borrowing Connection,
        _ body: (borrowing Connection) throws -> Result
    ) throws -> Result? {
        let names = try connection.query("select name from voip.pbx order by name")
            .map { row throws(PostgresError) in try row.text(0) }
        return try withLocks(names[...], connection, body)
    }

    private static func withLocks<Result>(
        _ names: ArraySlice<String>,
        _ connection: borrowing Connection,
        _ body: (borrowing Connection) throws -> Result
    ) throws -> Result? {
        guard let first = names.first else { return try body(connection) }
        return try withLock(first, connection) { connection in
            try withLocks(names.dropFirst(), connection, body)
        } ?? nil
    }
}
