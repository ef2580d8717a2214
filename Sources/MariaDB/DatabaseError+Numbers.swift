import CMariaDB

extension DatabaseError {
    /// Reads the error left by the last call on `handle`.
    init(of handle: UnsafeMutablePointer<MYSQL>, timedOut: Bool = false) {
        let number = mysql_errno(handle)
        var code = Code(errorNumber: number)
        // libmariadb reports an expired socket timeout as a failed or lost connection; only the clock can distinguish
        // them.
        if timedOut, code == .lost || code == .connection { code = .timeout }
        self.init(
            code,
            number: number,
            sqlState: mysql_sqlstate(handle).map { String(cString: $0) } ?? "HY000",
            message: Self.quotesData(number)
                ? "a value does not fit the query" : mysql_error(handle).map { String(cString: $0) } ?? "",
            database: handle.pointee.db.map { String(cString: $0) }
        )
    }

    /// Whether the server's message for this error quotes a value of a row.
    /// https://mariadb.com/kb/en/mariadb-error-code-reference/
    static func quotesData(_ number: UInt32) -> Bool {
        switch number {
        case 1062, 1264, 1265, 1292, 1366, 1406, 1411, 1525, 1586, 1690: true
        default: false
        }
    }
}

extension DatabaseError.Code {
    /// Maps the error numbers of MariaDB, MySQL and their client libraries to codes that a caller can react to.
    ///
    /// - Parameter errorNumber: A server error (1000-1999, 3000 and up) or a client error (2000-2999, 5000 and up).
    init(errorNumber: UInt32) {
        switch errorNumber {
        // Client: no socket, unknown host, handshake aborted. Server: too many connections, shutting down, blocked.
        case 2001...2005, 2009, 2012, 1040, 1129, 1203, 1226: self = .connection
        // Access denied; host not allowed; unknown plug-in; password expired; old password protocol.
        case 1045, 1130, 1251, 1275, 1524, 1698, 1820, 1862, 2049, 2059, 2061, 4151: self = .authentication
        case 1049: self = .missingDatabase
        // No right to the database, command, table, column, routine, or a privilege.
        case 1044, 1142, 1143, 1227, 1370: self = .denied
        case 2026: self = .tls
        // Lock wait, MariaDB's max_statement_time, MySQL's max_execution_time.
        case 1205, 1969, 3024: self = .timeout
        // Gone, lost, lost while reading; server stopping; killed (1927 in MariaDB, 1317 in MySQL); packets cut short.
        case 2006, 2013, 2055, 2027, 1053, 1927, 1317, 1152...1161, 1184, 3169, 4031, 5013, 5014: self = .lost
        default: self = .sql
        }
    }
}
