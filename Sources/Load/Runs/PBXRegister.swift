public import Postgres

/// The PBXs that the warehouse knows, and the lock that lets one run at a time work on each.
public enum PBXRegister {
    /// The number of a PBX; it is entered where it is new.
    ///
    /// - Throws: `PostgresError`.
    public static func number(of name: String, _ connection: borrowing Connection) throws -> Int16 {
        let number = try connection.query(Statements.named("pbx"), [.text(name)], format: .binary)
            .first { row throws(PostgresError) in try row.int64(0) }
        return Int16(clamping: number ?? 0)
    }

    /// Takes the lock of a PBX until the session ends. Returns false where another run holds it.
    ///
    /// - Throws: `PostgresError`.
    public static func lock(_ name: String, _ connection: borrowing Connection) throws -> Bool {
        let key = try connection.query("select hashtextextended('crm-voip etl ' || $1, 0)", [.text(name)], format: .binary)
            .first { row throws(PostgresError) in try row.int64(0) }
        return try connection.tryAdvisoryLock(key ?? 0)
    }
}
