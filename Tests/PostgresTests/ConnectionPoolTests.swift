import Postgres
import Testing
import TestSupport

@Suite(.enabled(if: TestPostgres.shared != nil, "\(TestPostgres.reasonForAbsence)"))
struct ConnectionPoolTests {
    let server: TestPostgres

    init() throws {
        server = try #require(TestPostgres.shared)
    }

    /// The number of sessions waiting for an advisory lock.
    private static func waiting(_ connection: borrowing Connection) throws -> Int {
        try connection.query("select from pg_locks where locktype = 'advisory' and not granted").count
    }

    private static func processID(_ connection: borrowing Connection) throws -> Int { connection.serverProcessID }

    @Test func `No more sessions than the limit are opened, and every task gets one`() async throws {
        let pool = ConnectionPool(server.address(), limit: 2)
        let processes = try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<12 {
                group.addTask {
                    try await pool.withConnection { connection in
                        try connection.query("select pg_sleep(0.02)")
                        return try Self.processID(connection)
                    }
                }
            }
            return try await group.reduce(into: [Int]()) { $0.append($1) }
        }
        #expect(processes.count == 12)
        #expect(Set(processes).count == 2)
    }

    /// Far more sessions wait for the server than the cooperative pool has threads. They wait for a lock that is
    /// released only after other tasks have run: if they occupied those threads, nothing here would progress.
    @Test(.timeLimit(.minutes(10))) func `Blocking statements do not delay other tasks`() async throws {
        let holder = ConnectionPool(server.address(), limit: 1)
        _ = try await holder.withConnection { try $0.query("select pg_advisory_lock(2026)").count }
        let pool = ConnectionPool(server.address(), limit: 24)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<24 {
                group.addTask {
                    _ = try await pool.withConnection { connection in
                        try connection.query("select pg_advisory_xact_lock_shared(2026)").count
                    }
                }
            }
            while try await holder.withConnection({ try Self.waiting($0) }) < 24 { await Task.yield() }
            for _ in 0..<50 { await Task.detached {}.value }
            _ = try await holder.withConnection { try $0.query("select pg_advisory_unlock(2026)").count }
            try await group.waitForAll()
        }
    }

    @Test func `A lost session is reopened for the next task`() async throws {
        let pool = ConnectionPool(server.address(), limit: 1)
        let first = try await pool.withConnection { try Self.processID($0) }
        await #expect(throws: PostgresError.self) {
            try await pool.withConnection { try $0.query("select pg_terminate_backend(pg_backend_pid())").count }
        }
        let second = try await pool.withConnection { try Self.processID($0) }
        #expect(first != second)
    }

    @Test func `A session left in a transaction is not reused`() async throws {
        let pool = ConnectionPool(server.address(), limit: 1)
        let first = try await pool.withConnection { connection in
            try connection.execute("begin")
            return try Self.processID(connection)
        }
        let second = try await pool.withConnection { try Self.processID($0) }
        #expect(first != second)
    }

    @Test func `A cancelled task gives its session back, and one that waits stops waiting`() async throws {
        let pool = ConnectionPool(server.address(), limit: 1)
        let busy = Task { try await pool.withConnection { try $0.query("select pg_sleep(60)").count } }
        try await Task.sleep(for: .milliseconds(300))
        let waiting = Task { try await pool.withConnection { try Self.processID($0) } }
        try await Task.sleep(for: .milliseconds(100))
        waiting.cancel()
        await #expect(throws: CancellationError.self) { try await waiting.value }
        busy.cancel()
        await #expect(throws: (any Error).self) { try await busy.value }
        #expect(try await pool.withConnection { try $0.query("select 1").count } == 1)
    }
}
