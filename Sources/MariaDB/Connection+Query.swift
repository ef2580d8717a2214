import CMariaDB

extension Connection {
    /// Runs a statement that returns no rows, or whose rows are not needed.
    ///
    /// - Parameter sql: One statement.
    /// - Throws: `DatabaseError`.
    public mutating func execute(_ sql: String) throws(DatabaseError) {
        _ = try query(sql)
    }

    /// Runs a query with a small result and returns all of it. For metadata; tables are read with `stream`.
    ///
    /// - Parameter sql: One statement.
    /// - Returns: The rows; a cell is nil for SQL NULL.
    /// - Throws: `DatabaseError`.
    public mutating func query(_ sql: String) throws(DatabaseError) -> [[String?]] {
        var rows: [[String?]] = []
        guard try begin(sql) != nil else { return rows }
        while try next({ row in rows.append((0..<row.count).map { row.text($0) }) }) {}
        return rows
    }

    /// Sends a query and passes on its rows one by one, as the server sends them; memory does not grow with their
    /// number.
    ///
    /// When `body` throws, the rest of the result is abandoned, and the connection with it: reading it to its end could
    /// take as long as the query.
    ///
    /// - Parameters:
    ///   - sql: One statement.
    ///   - body: Called with every row, which is valid only during the call.
    /// - Returns: The number of rows.
    /// - Throws: `DatabaseError`, or any error of `body`.
    @discardableResult
    public mutating func stream<Failure: Error>(
        _ sql: String,
        body: (borrowing Row) throws(Failure) -> Void
    ) throws -> Int {
        guard try begin(sql) != nil else { return 0 }
        var count = 0
        var failure: Failure?
        while failure == nil,
            try next({ row in do throws(Failure) { try body(row) } catch { failure = error } })
        {
            count += 1
        }
        if let failure {
            abandon()
            throw failure
        }
        return count
    }

    /// Sends a statement; its rows are then read with `next`.
    ///
    /// - Parameter sql: One statement.
    /// - Returns: The columns of the result; nil for a statement without one.
    /// - Throws: `DatabaseError`; `misuse` while another result is open.
    @discardableResult
    public mutating func begin(_ sql: String) throws(DatabaseError) -> [Field]? {
        guard !isBroken else { throw DatabaseError(.lost, message: "it was closed") }
        guard result == nil, spool == nil else { throw DatabaseError(.misuse, message: "a result is still being read") }
        let began = ContinuousClock.now
        var sql = sql
        let status = sql.withUTF8 { utf8 in
            utf8.withMemoryRebound(to: CChar.self) { mysql_real_query(handle, $0.baseAddress, UInt($0.count)) }
        }
        guard status == 0 else { throw failure(since: began) }
        guard let opened = mysql_use_result(handle) else {
            // The absence of a result is correct for a statement without columns, and an error for one with columns.
            if mysql_field_count(handle) == 0, mysql_errno(handle) == 0 { return nil }
            throw failure(since: began)
        }
        result = opened
        columnCount = Int(mysql_num_fields(opened))
        guard let fields = mysql_fetch_fields(opened) else { return [] }
        return (0..<columnCount).map { Field(fields[$0]) }
    }

    /// Sends a query and reads its result into a temporary file before it returns; `next` then returns the rows from
    /// there.
    ///
    /// For tables of engines without snapshots: while their rows are being read, nobody can write to them. However slow
    /// the caller is, they are released as soon as the server has sent everything. (`SQL_BUFFER_RESULT` is meant for
    /// this but does not achieve it: MariaDB 10.11 keeps the lock until the last row was sent.)
    ///
    /// - Parameter sql: One statement.
    /// - Throws: `DatabaseError`; `storage` if there is no space for the file.
    public mutating func beginDrained(_ sql: String) throws(DatabaseError) {
        guard let fields = try begin(sql) else { return }
        var spool = try Spool(columns: fields.count)
        var failure: DatabaseError?
        while failure == nil,
            try next({ row in do throws(DatabaseError) { try spool.append(row) } catch { failure = error } })
        {}
        if let failure {
            abandon()
            throw failure
        }
        try spool.rewind()
        self.spool = consume spool
    }

    /// Reads the next row of the result opened by `begin`.
    ///
    /// - Parameter body: Called with the row, which is valid only during the call.
    /// - Returns: Whether there was a row; after the last one, the connection is free for the next statement.
    /// - Throws: `DatabaseError`. An interrupted result is always an error, never an end.
    public mutating func next(_ body: (borrowing Row) -> Void) throws(DatabaseError) -> Bool {
        if spool != nil {
            if try spool?.next(body) == true { return true }
            spool = nil
            return false
        }
        guard let result else { throw DatabaseError(.misuse, message: "no result is open") }
        let began = ContinuousClock.now
        guard let cells = mysql_fetch_row(result) else {
            // The library returns nil for the end and for a failure; only the error number distinguishes them.
            let broken: DatabaseError? = mysql_errno(handle) == 0 ? nil : failure(since: began)
            mysql_free_result(result)
            self.result = nil
            columnCount = 0
            if let broken { throw broken }
            return false
        }
        guard let lengths = mysql_fetch_lengths(result) else {
            throw DatabaseError(.lost, message: "a row came without its lengths")
        }
        body(Row(cells: cells, lengths: lengths, count: columnCount))
        return true
    }

    /// Abandons the open result, and the connection with it. Has no effect without an open result.
    public mutating func abandon() {
        guard let result else { return }
        // Without this, the library would read the result to its end before freeing it.
        mariadb_cancel(handle)
        mysql_free_result(result)
        self.result = nil
        columnCount = 0
        isBroken = true
    }
}
