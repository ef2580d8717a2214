import Base
import CLibPQ

/// One session with a PostgreSQL server. Owns the handle, which is closed when the value is destroyed.
///
/// Calls block until the server has answered. After ``PostgresError/Code/connectionLost`` the value can no longer be
/// used; opening another is the caller's decision.
public struct Connection: ~Copyable {
    /// In status CONNECTION_OK when `init` returned. Freed by no other code.
    let handle: OpaquePointer
    /// Ends a wait for a frozen server.
    private let socket: SessionSockets.Entry
    /// What a cluster loses between its servers. Freed after the handle, which writes to it.
    let losses: LossWatch

    /// Connects and prepares the session: UTF-8, times in UTC and ISO form, no notices.
    ///
    /// - Throws: ``PostgresError`` with code `connection`.
    public init(_ address: Address) throws(PostgresError) {
        try ConnectionFiles.check(for: address)
        handle = try Self.open(address.keywords)
        losses = LossWatch(on: handle)
        socket = SessionSockets.Entry(PQsocket(handle), hasWork: true)
    }

    deinit {
        PQfinish(handle)
    }

    /// The server's version as a number: 150018 is 15.18.
    public var serverVersion: Int { Int(PQserverVersion(handle)) }

    /// The server process of this session, as in `pg_stat_activity.pid`.
    public var serverProcessID: Int { Int(PQbackendPID(handle)) }

    /// The database's name.
    public var database: String { String(cString: PQdb(handle)) }

    /// Whether a transaction is open, failed or not.
    public var isInTransaction: Bool {
        let status = PQtransactionStatus(handle)
        return status == PQTRANS_INTRANS || status == PQTRANS_INERROR
    }
}

/// A session is used by one thread at a time: libpq keeps a command's state in the handle.
@available(*, unavailable)
extension Connection: Sendable {}

extension Connection {
    /// The initial commands of every session. Only superusers may set lc_messages; that is a courtesy, because errors
    /// are distinguished by their SQLSTATE.
    private static let preparation = """
        SET TimeZone = 'UTC'; SET DateStyle = 'ISO, YMD'; SET IntervalStyle = 'postgres';
        SET client_min_messages = warning;
        SELECT set_config('lc_messages', 'C', false) WHERE current_setting('is_superuser') = 'on'
        """

    private static func open(_ keywords: [(name: String, value: String)]) throws(PostgresError) -> OpaquePointer {
        let opened = try ConnectionAttempt.open(keywords)
        do throws(PostgresError) {
            // Until the watch is set.
            PQsetNoticeProcessor(opened, { _, _ in }, nil)
            _ = try Rows(PQexec(opened, preparation), connection: opened)
        } catch {
            PQfinish(opened)
            throw error
        }
        return opened
    }
}
