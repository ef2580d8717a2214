/// Session locks, which the server releases when the session ends, for whatever reason.
///
/// https://www.postgresql.org/docs/current/explicit-locking.html#ADVISORY-LOCKS
extension Connection {
    /// Takes the lock if nobody holds it.
    ///
    /// - Returns: Whether it was taken.
    /// - Throws: ``PostgresError``.
    public func tryAdvisoryLock(_ key: Int64) throws(PostgresError) -> Bool {
        try flag("SELECT pg_try_advisory_lock($1)", key)
    }

    /// Takes the lock, waiting for the current holder.
    ///
    /// - Throws: ``PostgresError``.
    public func advisoryLock(_ key: Int64) throws(PostgresError) {
        try query("SELECT pg_advisory_lock($1)", [.int64(key)])
    }

    /// Releases the lock.
    ///
    /// - Returns: Whether this session held it.
    /// - Throws: ``PostgresError``.
    @discardableResult
    public func advisoryUnlock(_ key: Int64) throws(PostgresError) -> Bool {
        try flag("SELECT pg_advisory_unlock($1)", key)
    }

    /// Runs `body` while this session holds the lock, waiting for it first.
    ///
    /// - Throws: Any error of `body`, or ``PostgresError``.
    @discardableResult
    public func withAdvisoryLock<Result>(
        _ key: Int64,
        _ body: (borrowing Connection) throws -> Result
    ) throws -> Result {
        try advisoryLock(key)
        // If this fails, the session is gone, and the lock with it.
        defer { _ = try? advisoryUnlock(key) }
        return try body(self)
    }

    private func flag(_ sql: String, _ key: Int64) throws(PostgresError) -> Bool {
        try query(sql, [.int64(key)]).first { row throws(PostgresError) in try row.bool(0) } ?? false
    }
}
