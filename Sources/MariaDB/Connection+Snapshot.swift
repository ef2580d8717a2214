extension Connection {
    /// Prepares the session for reading: nothing that it does can change a row.
    ///
    /// A user with no more than SELECT may change all these settings. The session is read only, so that no statement of
    /// ours can write. `sql_mode` is empty, so that zero dates can be compared and quoting is the standard one.
    /// `time_zone` is UTC, in which only TIMESTAMP columns are shown, and which has no repeated hour. The timeout
    /// allows for a reader that is slower than the server, which would otherwise hang up after a minute.
    ///
    /// - Throws: `DatabaseError`.
    public mutating func prepareForReading() throws(DatabaseError) {
        try execute(
            "SET SESSION sql_mode = '', time_zone = '+00:00', net_write_timeout = 3600, wait_timeout = 28800"
                // Evaluated by MariaDB only; MySQL has no such variable.
                + " /*M! , max_statement_time = 0 */"
        )
        try execute("SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
    }

    /// Begins one consistent read: tables of engines with snapshots (InnoDB) are seen as they are now until the
    /// connection ends.
    ///
    /// MyISAM and Aria have no snapshots; for them a transaction only prevents others from altering the table.
    ///
    /// - Throws: `DatabaseError`.
    public mutating func beginSnapshot() throws(DatabaseError) {
        try execute("START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY")
    }
}
