import Base
public import Configuration
import Postgres
import Synchronization
import Warehouse

/// Runs warehouse queries for a server: on separate threads, a few at once, each with a time limit, so that two slow
/// reports hold up nothing else.
public final class QueryDesk: Sendable {
    private struct State {
        var free: [Int]
        var waiting: [CheckedContinuation<Int, Never>] = []
        var version: (text: String, until: ContinuousClock.Instant)?
    }

    private let threads: [DatabaseThread]
    private let state: Mutex<State>
    private let limit: Duration
    private let access: WarehouseAccess
    /// The most queries that may be waiting.
    private static let mostWaiting = 32

    /// A desk for the configured warehouse.
    ///
    /// - Parameters:
    ///   - width: How many queries run at once.
    ///   - limit: The time limit for a query.
    public init(_ settings: Settings, width: Int = 2, limit: Duration = .seconds(30)) {
        threads = (0..<max(1, width)).map { DatabaseThread(label: "crm-voip.query\($0)") }
        state = Mutex(State(free: Array(0..<max(1, width))))
        self.limit = limit
        access = WarehouseAccess(settings)
    }

    /// Runs a query when it is its turn.
    ///
    /// - Throws: ``ServiceError`` with category `tryAgainLater` if too many are waiting or it takes too long; any error
    ///   of `body`.
    public func run<Result: Sendable>(_ body: @escaping @Sendable () async throws -> Result) async throws -> Result {
        let place = try await take()
        defer { give(place) }
        let limit = limit
        let task = Task(executorPreference: threads[place]) { try await body() }
        return try await withThrowingTaskGroup { group in
            group.addTask {
                try await withTaskCancellationHandler {
                    try await task.value
                } onCancel: {
                    task.cancel()
                }
            }
            group.addTask {
                try await Task.sleep(for: limit)
                throw ServiceError(.tryAgainLater, "The answer took too long. Ask for a shorter period.")
            }
            defer { group.cancelAll() }
            guard let result = try await group.next() else { throw CancellationError() }
            return result
        }
    }

    /// A value that changes whenever the warehouse's content does: the last run and the newest queue event. Kept for
    /// five seconds.
    ///
    /// - Throws: `WarehouseError`, `PostgresError`.
    public func version() async throws -> String {
        if let known = state.withLock({ $0.version }), known.until > .now { return known.text }
        let access = access
        let text = try await run {
            try await access.read { warehouse in
                let rows = try warehouse.connection.query(
                    """
                    select coalesce((select max(run_id)::text from voip.etl_run where finished_at is not null), '') || '.'
                        || coalesce((select max(extract(epoch from at))::text from voip.queue_event), '')
                    """
                )
                return try rows.first { row throws(PostgresError) in try row.text(0) } ?? ""
            }
        }
        state.withLock { $0.version = (text, .now + .seconds(5)) }
        return text
    }

    /// Keeps an embedded database running until the task is cancelled, so that no query has to start it.
    public func keepWarehouse() async {
        while !Task.isCancelled {
            if access.isReadable {
                try? await access.look { _ in
                    while !Task.isCancelled { try? await Task.sleep(for: .seconds(86_400)) }
                }
            }
            try? await Task.sleep(for: .seconds(30))
        }
    }

    private func take() async throws -> Int {
        let isFull = state.withLock { $0.free.isEmpty && $0.waiting.count >= Self.mostWaiting }
        guard !isFull else {
            throw ServiceError(.tryAgainLater, "Too many queries are waiting for the warehouse. Try again later.")
        }
        return await withCheckedContinuation { continuation in
            let place: Int? = state.withLock { state in
                if let place = state.free.popLast() { return place }
                state.waiting.append(continuation)
                return nil
            }
            if let place { continuation.resume(returning: place) }
        }
    }

    private func give(_ place: Int) {
        let next: CheckedContinuation<Int, Never>? = state.withLock { state in
            guard !state.waiting.isEmpty else {
                state.free.append(place)
                return nil
            }
            return state.waiting.removeFirst()
        }
        next?.resume(returning: place)
    }
}
