import CLibPQ
import Synchronization

/// One of a pool's sessions with the server, on a separate thread. It connects when it is first used, and again after
/// the connection was lost.
actor PooledSession {
    /// Owns the connection, because an optional property cannot lend it.
    private final class Owner {
        let connection: Connection

        init(_ address: Address) throws(PostgresError) { connection = try Connection(address) }
    }

    /// Time limit for a cancelled statement to end.
    private static let patience = Duration.seconds(4)

    private let thread = DatabaseThread()
    private let address: Address
    private var owner: Owner?
    /// Interrupts the current statement; `nil` between statements.
    private nonisolated let interrupt = Mutex<CancelToken?>(nil)

    init(_ address: Address) { self.address = address }

    nonisolated var unownedExecutor: UnownedSerialExecutor { thread.asUnownedSerialExecutor() }

    func run<Result: Sendable>(_ body: @Sendable (borrowing Connection) throws -> Result) throws -> Result {
        try Task.checkCancellation()
        let owner = try self.owner ?? Owner(address)
        self.owner = owner
        interrupt.withLock { $0 = owner.connection.cancelToken }
        defer {
            interrupt.withLock { $0 = nil }
            // A session that is broken, or in the middle of something, is not passed on.
            if !owner.connection.isOpen || owner.connection.isInTransaction { self.owner = nil }
        }
        // Connecting may have taken a while.
        try Task.checkCancellation()
        return try body(owner.connection)
    }

    /// Interrupts the statement of a cancelled task.
    ///
    /// The server ignores a request that arrives before the statement, so it is repeated until the task has ended. If
    /// the server does not respond to that either, the session is ended.
    nonisolated func cancel() {
        guard let token = interrupt.withLock(\.self) else { return }
        Task(executorPreference: DatabaseThread(label: "crm-voip.cancel")) {
            let end = ContinuousClock.now + Self.patience
            while self.interrupt.withLock({ $0 === token }) {
                if ContinuousClock.now > end { token.disconnect() }
                token.cancel()
                try? await Task.sleep(for: .milliseconds(100))
            }
        }
    }
}

extension Connection {
    /// Whether the session can still be used, as far as this side knows.
    var isOpen: Bool { PQstatus(handle) == CONNECTION_OK }
}
