import Base
import CallRecords
import Extract
import MariaDB
import Pipeline
import Testing
import TestSupport

/// A table that is lost while it is read: the connection is cut and the server refuses new ones.
@Suite(
    .enabled(if: TestPostgres.shared != nil, "\(TestPostgres.reasonForAbsence)"),
    .enabled(if: TestMariaDB.isInstalled, "\(TestMariaDB.reason)"),
    .timeLimit(.minutes(10))
)
struct LostTableTests {
    private static let rows = 60_000

    /// A table of many calls, far more than sockets and buffers hold, and a separate user to read it.
    private static func database() throws -> PBXDatabase {
        let database = try PBXDatabase()
        try database.execute(
            """
            INSERT INTO cdr (calldate, clid, src, dst, dcontext, channel, dstchannel, lastapp, lastdata, duration, billsec,
                disposition, amaflags, uniqueid, linkedid, sequence)
            SELECT '2026-11-22 10:00:00' + INTERVAL seq SECOND, '100', '100', '101', 'phones', CONCAT('PJSIP/100-', HEX(seq)),
                CONCAT('PJSIP/101-', HEX(seq)), 'Dial', 'PJSIP/101,30', 10, 5, 'ANSWERED', 3,
                CONCAT(1795341600 + seq, '.', seq), CONCAT(1795341600 + seq, '.', seq), seq
            FROM seq_1_to_\(rows)
            """,
            "CREATE USER \(database.name)_reader",
            "GRANT SELECT ON \(database.name).* TO \(database.name)_reader"
        )
        return database
    }

    private static func plan(_ database: PBXDatabase, queueLog: [String] = []) throws -> Plan {
        try Plan.files(queueLog: queueLog) {
            var configuration = try database.configuration()
            configuration.user = "\(database.name)_reader"
            $0.cdr = .table("cdr", configuration, .latin1)
            $0.batchRows = 500
        }
    }

    /// Runs, and cuts off the table after its first batch.
    private static func runCut(_ plan: Plan, _ database: PBXDatabase, _ bench: borrowing Bench) throws -> RunResult {
        var isCut = false
        return try Run(plan, now: Bench.now) { label, _, _ in
            guard label == "cdr", !isCut else { return }
            isCut = true
            try database.execute(
                "ALTER USER \(database.name)_reader ACCOUNT LOCK",
                "KILL USER \(database.name)_reader"
            )
        }(bench.connection)
    }

    @Test func `the other sources of the night are loaded`() async throws {
        let database = try Self.database()
        try await Bench.with { bench in
            let log = try bench.write(Files.events.get().joined(), to: "queue_log")
            let events = try Files.events.get().count
            let result = try Self.runCut(try Self.plan(database, queueLog: [log]), database, bench)
            #expect(result.queueLog?.inserted == Int64(events))
            let read = try #require(result.cdr?.inserted)
            #expect(read >= 500 && read < Self.rows)
            #expect(!result.isComplete)
            #expect(result.troubles.contains { $0.contains("reading cdr was interrupted") }, "\(result.troubles)")
            #expect(try bench.connection.faults() == [])

            try database.execute("ALTER USER \(database.name)_reader ACCOUNT UNLOCK")
            let whole = try bench.run(try Self.plan(database, queueLog: [log]))
            #expect(whole.cdr?.unchanged == read && whole.cdr?.inserted == Int64(Self.rows) - read)
            #expect(try bench.connection.faults() == [])
        }
    }

    @Test func `if it is the only source, nothing is loaded, and the run can be repeated`() async throws {
        let database = try Self.database()
        try await Bench.with { bench in
            do {
                _ = try Self.runCut(try Self.plan(database), database, bench)
                Issue.record("The run did not fail.")
            } catch let error as ExtractError {
                #expect(error.category == .tryAgainLater)
            }
            #expect(try bench.connection.count("select count(*) from voip.cdr") == 0)
        }
    }
}
