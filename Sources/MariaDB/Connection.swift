import Base
import CMariaDB

/// A connection to a MariaDB or MySQL server, with one owner.
///
/// Calls block. A connection may move between threads but must be used by only one at a time, which its unique
/// ownership and mutating methods ensure; it is not Sendable.
public struct Connection: ~Copyable {
    /// Valid from `init` to `deinit`.
    let handle: UnsafeMutablePointer<MYSQL>
    /// The result being streamed, which must be freed before the next statement.
    var result: UnsafeMutablePointer<MYSQL_RES>?
    /// Columns of `result`; 0 without one.
    var columnCount = 0
    /// The rows of a drained result; at most one of `result` and `spool` is set.
    var spool: Spool?
    /// Set once the socket is unusable: a result was abandoned, or the server is gone.
    public internal(set) var isBroken = false

    private let readTimeout: UInt32
    /// Ends a wait for a frozen server.
    private let socket: SessionSockets.Entry

    /// Connects.
    ///
    /// - Parameter configuration: The server and how to connect to it.
    /// - Throws: `DatabaseError` with `connection`, `authentication`, `denied`, `tls` or `timeout`; `sql` if the
    ///   database does not exist; `file` if the configuration names something that is not a file.
    public init(_ configuration: Configuration) throws(DatabaseError) {
        try Self.checkFiles(of: configuration)
        guard let handle = mysql_init(nil) else {
            throw DatabaseError(.connection, message: "out of memory")
        }
        let began = ContinuousClock.now
        Self.setOptions(of: handle, configuration)
        let connected = mysql_real_connect(
            handle,
            configuration.host,
            configuration.user,
            configuration.password,
            configuration.database,
            UInt32(configuration.port ?? 0),
            configuration.socket,
            0
        )
        var failure: DatabaseError?
        if connected == nil {
            let timedOut = ContinuousClock.now - began >= .seconds(Int64(configuration.connectTimeout))
            failure = DatabaseError(of: handle, timedOut: timedOut)
        } else {
            failure = Self.shortfall(of: handle, configuration)
        }
        if let failure {
            mysql_close(handle)
            throw failure
        }
        self.handle = handle
        self.readTimeout = configuration.readTimeout
        socket = SessionSockets.Entry(Int32(mysql_get_socket(handle)), hasWork: false)
    }

    deinit {
        // Freeing an unfinished result would first read it to its end.
        if result != nil { mariadb_cancel(handle) }
        if let result { mysql_free_result(result) }
        mysql_close(handle)
    }

    /// The server's version, such as `10.11.19-MariaDB-0+deb12u1`.
    public var serverVersion: String { mysql_get_server_info(handle).map { String(cString: $0) } ?? "" }

    /// The cipher of the TLS connection; nil if it is not encrypted.
    public var cipher: String? { mysql_get_ssl_cipher(handle).map { String(cString: $0) } }

    /// The server's id of this connection, as `KILL` takes it.
    public var identifier: UInt { mysql_thread_id(handle) }

    /// The error of the call that just failed; records whether the connection survived it.
    mutating func failure(since began: ContinuousClock.Instant) -> DatabaseError {
        let timedOut = ContinuousClock.now - began >= .seconds(Int64(readTimeout))
        let error = DatabaseError(of: handle, timedOut: timedOut)
        if error.code == .lost || error.code == .timeout { isBroken = true }
        return error
    }
}

extension Connection {
    /// The library itself would wait for a named pipe, and read endless input.
    private static func checkFiles(of configuration: Configuration) throws(DatabaseError) {
        var files = [configuration.optionFile]
        if case .verified(let authorities) = configuration.tls { files.append(authorities) }
        for case let file? in files {
            do { try LibraryFile.check(file) } catch { throw DatabaseError(.file, message: error.description) }
        }
    }

    private static func setOptions(of handle: UnsafeMutablePointer<MYSQL>, _ configuration: Configuration) {
        func set(_ option: mysql_option, _ value: UInt32) {
            _ = withUnsafePointer(to: value) { mysql_options(handle, option, $0) }
        }
        func set(_ option: mysql_option, flag: Bool) {
            let value: my_bool = flag ? 1 : 0
            _ = withUnsafePointer(to: value) { mysql_options(handle, option, $0) }
        }
        if let file = configuration.optionFile { mysql_options(handle, MYSQL_READ_DEFAULT_FILE, file) }
        if let group = configuration.optionGroup { mysql_options(handle, MYSQL_READ_DEFAULT_GROUP, group) }
        set(MYSQL_OPT_CONNECT_TIMEOUT, configuration.connectTimeout)
        set(MYSQL_OPT_READ_TIMEOUT, configuration.readTimeout)
        set(MYSQL_OPT_WRITE_TIMEOUT, configuration.readTimeout)
        mysql_options(handle, MYSQL_SET_CHARSET_NAME, "utf8mb4")
        // Otherwise a hostile server could request any file that the client can read.
        set(MYSQL_OPT_LOCAL_INFILE, 0)
        // A silent reconnection would lose the snapshot and the session's settings in the middle of a read.
        set(MYSQL_OPT_RECONNECT, flag: false)
        switch configuration.tls {
        case .asConfigured:
            break
        case .required:
            set(MYSQL_OPT_SSL_ENFORCE, flag: true)
            set(MYSQL_OPT_SSL_VERIFY_SERVER_CERT, flag: false)
        case .verified(let authorities):
            set(MYSQL_OPT_SSL_ENFORCE, flag: true)
            set(MYSQL_OPT_SSL_VERIFY_SERVER_CERT, flag: true)
            if let authorities { mysql_options(handle, MYSQL_OPT_SSL_CA, authorities) }
        }
    }

    /// What an established connection lacks compared with the request; option files can override what was set in code.
    private static func shortfall(
        of handle: UnsafeMutablePointer<MYSQL>,
        _ configuration: Configuration
    ) -> DatabaseError? {
        if mysql_set_character_set(handle, "utf8mb4") != 0 { return DatabaseError(of: handle) }
        if configuration.resultText == .asStored, mysql_query(handle, "SET character_set_results = NULL") != 0 {
            return DatabaseError(of: handle)
        }
        guard configuration.tls != .asConfigured else { return nil }
        if mysql_get_ssl_cipher(handle) == nil {
            return DatabaseError(.tls, message: "the server offers none")
        }
        if case .verified = configuration.tls {
            var verifies: my_bool = 0
            mysql_get_option(handle, MYSQL_OPT_SSL_VERIFY_SERVER_CERT, &verifies)
            if verifies == 0 {
                return DatabaseError(.tls, message: "an option file turns the check of the certificate off")
            }
        }
        return nil
    }
}
