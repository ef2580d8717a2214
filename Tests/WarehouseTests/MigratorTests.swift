import Postgres
import Testing
import TestSupport
import Warehouse

@Suite(.enabled(if: TestPostgres.shared != nil, "\(TestPostgres.reasonForAbsence)"))
struct MigratorTests {
    static let first = SQLFile(
        name: "0001_legs.sql",
        content: "CREATE TABLE voip.leg (n int); INSERT INTO voip.leg VALUES (1)"
    )
    static let second = SQLFile(name: "0002_calls.sql", content: "CREATE TABLE voip.call (n int)")
    static let view = SQLFile(
        name: "views/legs.sql",
        content: "CREATE OR REPLACE VIEW voip.legs AS SELECT n FROM voip.leg"
    )

    let server: TestPostgres

    init() throws {
        server = try #require(TestPostgres.shared)
    }

    private func refusal(_ files: [SQLFile], _ connection: borrowing Connection) throws -> String? {
        let migrator = try Migrator(files: files)
        let error = #expect(throws: WarehouseError.self) { try migrator.pending(connection) }
        #expect(throws: WarehouseError.self) { try migrator.migrate(connection) }
        #expect(error?.code == .migration)
        return error?.description
    }

    @Test func whatIsPendingIsAppliedOnce() async throws {
        try await server.withDatabase { connection throws in
            let migrator = try Migrator(files: [Self.second, Self.view, Self.first])
            let plan = Migrator.Plan(migrations: ["0001_legs.sql", "0002_calls.sql"], views: ["views/legs.sql"])
            #expect(try migrator.pending(connection) == plan)
            // Looking writes nothing.
            #expect(try connection.query("SELECT 1 FROM pg_namespace WHERE nspname = 'voip'").isEmpty)
            #expect(try migrator.migrate(connection) == plan)
            #expect(try migrator.pending(connection).isEmpty)
            #expect(try migrator.migrate(connection).isEmpty)
            #expect(try connection.query("SELECT n FROM voip.legs").count == 1)
        }
    }

    @Test func aFailureTakesBackItsOwnMigrationOnly() async throws {
        try await server.withDatabase { connection throws in
            let broken = SQLFile(name: "0002_broken.sql", content: "CREATE TABLE voip.half (n int); SELECT 1 / 0")
            let error = #expect(throws: PostgresError.self) {
                try Migrator(files: [Self.first, broken]).migrate(connection)
            }
            #expect(error?.sqlState == "22012")
            #expect(
                try connection.query("SELECT to_regclass('voip.half') IS NULL AND to_regclass('voip.leg') IS NOT NULL")
                    .first { row throws(PostgresError) in try row.bool(0) } == true
            )
            // After a fix before it was ever applied, migration continues from there.
            let plan = try Migrator(files: [Self.first, Self.second]).migrate(connection)
            #expect(plan.migrations == ["0002_calls.sql"])
        }
    }

    @Test func aChangedMigrationIsRefusedByName() async throws {
        try await server.withDatabase { connection throws in
            try Migrator(files: [Self.first]).migrate(connection)
            let changed = SQLFile(name: Self.first.name, content: Self.first.content + "\n")
            let sentence = try refusal([changed, Self.second], connection)
            #expect(sentence?.contains("0001_legs.sql was changed") == true)
            #expect(
                try connection.query("SELECT to_regclass('voip.call') IS NULL")
                    .first { row throws(PostgresError) in try row.bool(0) } == true
            )
        }
    }

    @Test func aDatabaseOfANewerProgramIsRefused() async throws {
        try await server.withDatabase { connection throws in
            try Migrator(files: [Self.first, Self.second]).migrate(connection)
            let sentence = try refusal([Self.first], connection)
            #expect(sentence?.contains("newer crm-voip (0002_calls.sql)") == true)
        }
    }

    @Test func aMigrationThatComesTooLateIsRefused() async throws {
        try await server.withDatabase { connection throws in
            let third = SQLFile(name: "0003_visits.sql", content: "CREATE TABLE voip.visit (n int)")
            try Migrator(files: [Self.first, third]).migrate(connection)
            let sentence = try refusal([Self.first, Self.second, third], connection)
            #expect(sentence?.contains("0002_calls.sql comes before") == true)
        }
    }

    @Test(arguments: [["legs.sql"], ["0_legs.sql"], ["0001_a.sql", "1_b.sql"]])
    func namesHaveToBeUniqueNumbers(_ names: [String]) {
        let files = names.map { SQLFile(name: $0, content: "SELECT 1") }
        #expect(throws: WarehouseError.self) { try Migrator(files: files) }
    }

    @Test func twoMigratorsApplyEachMigrationOnce() async throws {
        try await server.withDatabaseAddress { address in
            let slow = SQLFile(name: "0002_slow.sql", content: "SELECT pg_sleep(0.3); INSERT INTO voip.leg VALUES (2)")
            let migrator = try Migrator(files: [Self.first, slow])
            let applied = try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<2 {
                    group.addTask { try migrator.migrate(Connection(address)).migrations.count }
                }
                return try await group.reduce(0, +)
            }
            #expect(applied == 2)
            let rows = try Connection(address).query("SELECT n FROM voip.leg ORDER BY n")
            #expect(try rows.map { row throws(PostgresError) in try row.int64(0) } == [1, 2])
        }
    }

    @Test func aChangedViewIsReplacedAndKeepsItsRights() async throws {
        try await server.withDatabase { connection throws in
            try Migrator(files: [Self.first, Self.view]).migrate(connection)
            try connection.execute("GRANT SELECT ON voip.legs TO PUBLIC")
            let wider = SQLFile(
                name: Self.view.name,
                content: "CREATE OR REPLACE VIEW voip.legs AS SELECT n, n + 1 AS next FROM voip.leg"
            )
            let plan = try Migrator(files: [Self.first, wider]).migrate(connection)
            #expect(plan == Migrator.Plan(views: ["views/legs.sql"]))
            let rows = try connection.query(
                "SELECT next, has_table_privilege('public', 'voip.legs', 'select') FROM voip.legs"
            )
            try rows.forEach { row throws(PostgresError) in
                #expect(try row.int64(0) == 2)
                #expect(try row.bool(1))
            }
        }
    }

    @Test func aViewThatCannotBeReplacedIsMadeAgainWithThoseUponIt() async throws {
        try await server.withDatabase { connection throws in
            let upon = SQLFile(
                name: "views/zoom.sql",
                content: "CREATE OR REPLACE VIEW voip.zoom AS SELECT * FROM voip.legs"
            )
            try Migrator(files: [Self.first, Self.view, upon]).migrate(connection)
            let renamed = SQLFile(
                name: Self.view.name,
                content: "CREATE OR REPLACE VIEW voip.legs AS SELECT n AS number FROM voip.leg"
            )
            try Migrator(files: [Self.first, renamed, upon]).migrate(connection)
            #expect(try connection.query("SELECT number FROM voip.zoom").count == 1)
        }
    }

    @Test func theEmbeddedFilesAreMigrationsThatApply() async throws {
        try await server.withDatabase { connection throws in
            let plan = try Migrator().migrate(connection)
            #expect(plan.migrations.first?.hasPrefix("0001_") == true)
            #expect(try Migrator().migrate(connection).isEmpty)
            #expect(try Checks().run(connection) == [])
        }
    }

    @Test func `In a warehouse from before AMI events, all events are from the queue_log`() async throws {
        try await server.withDatabase { connection throws in
            let before = SQLFile.embedded.filter { $0.name.hasPrefix("000") && $0.name < "0004" }
            try Migrator(files: before).migrate(connection)
            try connection.execute(
                """
                insert into voip.queue_event (at, event_hash, pbx_id, event)
                select to_timestamp(n), n, n % 2, 'INFO' from generate_series(101, 110) as n
                """
            )
            #expect(try Migrator().migrate(connection).migrations.first == "0004_events_from_ami.sql")
            let spans = try connection.query(
                """
                select concat_ws(' ', pbx_id, extract(epoch from first_at)::int, extract(epoch from last_at)::int)
                from voip.queue_log_span order by 1
                """
            ).map { row throws(PostgresError) in try row.text(0) }
            #expect(spans == ["0 102 110", "1 101 109"])
            let sources = try connection.query("select distinct source from voip.queue_event")
                .map { row throws(PostgresError) in try row.text(0) }
            #expect(sources == ["queue_log"])
        }
    }
}
