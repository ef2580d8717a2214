import CallRecords
import Pipeline
import Postgres
import Testing
import TestSupport
import Warehouse

/// The rights in `sql/roles` are sufficient, and no more than that.
@Suite(.enabled(if: TestPostgres.shared != nil, "\(TestPostgres.reasonForAbsence)"))
struct RolesTests {
    /// Opens a session with a new login that has a role.
    private func withLogin(
        _ role: String,
        of bench: borrowing Bench,
        _ body: (borrowing Connection) throws -> Void
    ) throws {
        let server = try #require(TestPostgres.shared)
        let login = "login_\(UInt64.random(in: 0...UInt64.max))"
        try bench.connection.execute("create role \(login) login in role \(role)")
        defer { _ = try? bench.connection.execute("drop role \(login)") }
        let database = bench.connection.database
        try body(Connection(.socket(directory: server.folder, port: 5432, user: login, database: database)))
    }

    @Test func `a loader loads the same as the owner, and finds nothing to migrate`() async throws {
        let whole = try await Bench.with { bench in
            let csv = try bench.write(try Files.legs.get().prefix(400).joined(), to: "Master.csv")
            let log = try bench.write(Files.sample("queue_log"), to: "queue_log")
            _ = try bench.run([csv], queueLog: [log])
            return try Contents.meaning(bench.connection)
        }
        try await Bench.with { bench in
            let csv = try bench.write(try Files.legs.get().prefix(400).joined(), to: "Master.csv")
            let log = try bench.write(Files.sample("queue_log"), to: "queue_log")
            let plan = try Plan.files([csv], queueLog: [log])
            // Everybody may create temporary tables, unless that right is revoked.
            try bench.connection.execute("revoke temporary on database \(bench.connection.database) from public")
            try withLogin("voip_loader", of: bench) { loader throws in
                #expect(try Migrator().migrate(loader).isEmpty)
                #expect(try Run(plan, now: Bench.now)(loader).cdr?.inserted == 400)
                #expect(try Run(plan, now: Bench.now)(loader).hasChanges == false)
                #expect(try loader.faults() == [])
                for statement in [
                    "drop table voip.cdr", "create table voip.t (n int)", "truncate voip.cdr", "drop view voip.calls",
                ] {
                    let error = #expect(throws: PostgresError.self) { try loader.execute(statement) }
                    #expect(error?.sqlState == "42501", "\(statement)")
                }
            }
            let loaded = try Contents.meaning(bench.connection)
            #expect(loaded == whole, "\(loaded.differences(from: whole))")
        }
    }

    @Test func `a reader reads every view and table, and is refused everything else`() async throws {
        try await Bench.with { bench in
            let csv = try bench.write(try Files.legs.get().prefix(20).joined(), to: "Master.csv")
            _ = try bench.run([csv])
            try withLogin("voip_reader", of: bench) { reader throws in
                let relations = try reader.texts(
                    "select relname from pg_class where relnamespace = 'voip'::regnamespace and relkind in ('r', 'v')"
                )
                #expect(relations.count > 20)
                for relation in relations {
                    #expect(throws: Never.self) { try reader.count("select count(*) from voip.\(relation)") }
                }
                #expect(try reader.count("select count(*) from voip.legs") == 20)
                #expect(try reader.count("select count(*) from voip.counted_visits('-infinity', 'infinity')") >= 0)
                #expect(try reader.faults() == [])
                let refused = [
                    "insert into voip.pbx (name) values ('x')", "update voip.calls set talk_s = 0",
                    "delete from voip.cdr",
                    "truncate voip.call", "drop view voip.calls", "create table voip.t (n int)",
                    "select nextval('voip.call_id')", "update voip.contact set name = ''",
                ]
                for statement in refused {
                    let error = #expect(throws: PostgresError.self) { _ = try reader.query(statement) }
                    #expect(error?.sqlState == "42501" || error?.sqlState == "55000", "\(statement)")
                }
                #expect(throws: PostgresError.self) { _ = try Run(try Plan.files([csv]), now: Bench.now)(reader) }
            }
            #expect(try bench.connection.count("select count(*) from voip.legs") == 20)
        }
    }
}
