extension Connection {
    /// Prepares the session for reading: nothing it does can change a row.
    ///
    /// Every setting is one that a user with no more than SELECT may make: read only, so that no statement of ours can
    /// write; an empty `sql_mode`, so that zero dates compare and quoting is the plain one; `time_zone` UTC, in which
    /// TIMESTAMP columns (and no others) are shown and which has no repeated hour; and time for a reader that is slower
    /// than the server, which would otherwise hang up after a minute.
    ///
    /// - Throws: `DatabaseError`.
    public mutating func prepareForReading() throws(DatabaseError) {
        try execute(
            "SET SESSION sql_mode = '', time_zone = '+00:00', net_write_timeout = 3600, wait_timeout = 28800"
                // Read by MariaDB only; MySQL has no such variable.
                + " /*M! , max_statement_time = 0 */"
        )
        try execute("SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
    }

    /// Begins one consistent read: tables of engines with snapshots (InnoDB) are seen as they are now until the
    /// connection ends.
    ///
    /// MyISAM and Aria have no snapshots; for them a transaction only keeps others from altering the table.
    ///
    /// - Throws: `DatabaseError`.
    public mutating func beginSnapshot() throws(DatabaseError) {
        try execute("START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY")
    }
}
