/// A bounded number of sessions with one database, shared by any number of tasks.
///
/// A task waits while all sessions are in use, in order of request. Statements run on separate threads, so that slow
/// ones hold up only tasks that are waiting for a session.
public actor ConnectionPool {
    private let address: Address
    private let limit: Int
    /// Sessions created so far. Invariant: at most ``limit``.
    private var sessions = 0
    /// The most recently used one is last, and is used next: the others may lose their connection unnoticed.
    private var idle: [PooledSession] = []
    private var waiting: [(id: UInt64, continuation: CheckedContinuation<PooledSession, any Error>)] = []
    private var lastID: UInt64 = 0

    /// - Parameters:
    ///   - address: the database. Nothing is connected yet.
    ///   - limit: the number of simultaneous sessions; at least 1.
    public init(_ address: Address, limit: Int) {
        self.address = address
        self.limit = max(1, limit)
    }

    /// Passes a session to `body`, which runs on the session's thread.
    ///
    /// A cancelled task stops waiting, or has its statement interrupted (SQLSTATE 57014).
    ///
    /// - Throws: `CancellationError` if the task was cancelled while it waited; ``PostgresError``; any error of `body`.
    public func withConnection<Result: Sendable>(
        _ body: @Sendable (borrowing Connection) throws -> Result
    ) async throws -> Result {
        let session = try await take()
        defer { give(session) }
        return try await withTaskCancellationHandler {
            try await session.run(body)
        } onCancel: {
            session.cancel()
        }
    }

    private func take() async throws -> PooledSession {
        if let session = idle.popLast() { return session }
        if sessions < limit {
            sessions += 1
            return PooledSession(address)
        }
        lastID += 1
        let id = lastID
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                if Task.isCancelled {
                    continuation.resume(throwing: CancellationError())
                } else {
                    waiting.append((id, continuation))
                }
            }
        } onCancel: {
            Task { await self.stopWaiting(id) }
        }
    }

    private func stopWaiting(_ id: UInt64) {
        guard let index = waiting.firstIndex(where: { $0.id == id }) else { return }
        waiting.remove(at: index).continuation.resume(throwing: CancellationError())
    }

    private func give(_ session: PooledSession) {
        if waiting.isEmpty {
            idle.append(session)
        } else {
            waiting.removeFirst().continuation.resume(returning: session)
        }
    }
}
