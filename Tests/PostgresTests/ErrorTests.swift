import Dispatch
import Glibc
import Postgres
import Synchronization
import Testing
import TestSupport

@Suite(.enabled(if: TestPostgres.shared != nil, "\(TestPostgres.reasonForAbsence)"))
struct ErrorTests {
    let server: TestPostgres

    init() throws {
        server = try #require(TestPostgres.shared)
    }

    @Test func aServerThatIsNotThereIsAConnectionError() {
        let error = #expect(throws: PostgresError.self) {
            _ = try Connection(.socket(directory: "/nonexistent", port: 5432, user: "nobody", database: "none"))
        }
        #expect(error?.code == .connection)
        #expect(error?.description.contains("/nonexistent/.s.PGSQL.5432") == true)
    }

    @Test func `a result that a cluster lost in part is an error, and the session goes on`() throws {
        let connection = try Connection(server.address())
        func warn(_ text: String) -> String { "do $$ begin raise warning '\(text)'; end $$" }
        let lost =
            "Query could not find the intermediate result file \"3_3\", it was mostly likely deleted due to an error"
        // Any other warning means nothing here.
        try connection.execute(warn("there is no transaction in progress"))
        let error = #expect(throws: PostgresError.self) { try connection.execute(warn(lost)) }
        #expect(error?.code == .incompleteResult)
        try connection.execute(
            "create function pg_temp.figure() returns int language plpgsql as "
                + "'begin raise warning ''Query could not find the intermediate result file''; return 1; end'"
        )
        #expect(throws: PostgresError.self) { _ = try connection.query("select pg_temp.figure()") }
        #expect(throws: PostgresError.self) {
            try connection.copyOut("copy (select pg_temp.figure()) to stdout (format binary)") { _ in }
        }
        #expect(try connection.query("select 1").count == 1)
    }

    @Test func `what a failed or abandoned statement lost is not held against the next one`() throws {
        let connection = try Connection(server.address())
        try connection.execute(
            "create function pg_temp.figure(fails boolean) returns int language plpgsql as "
                + "'begin raise warning ''Query could not find the intermediate result file''; "
                + "if fails then raise exception ''no''; end if; return 1; end'"
        )
        let failed = #expect(throws: PostgresError.self) { try connection.execute("select pg_temp.figure(true)") }
        #expect(failed?.code == .sql)
        #expect(try connection.query("select 1").count == 1)
        #expect(throws: CancellationError.self) {
            try connection.copyOut("copy (select pg_temp.figure(false)) to stdout (format binary)") { _ in
                throw CancellationError()
            }
        }
        #expect(try connection.query("select 1").count == 1)
    }

    @Test func aURLIsTakenApart() async throws {
        let url = "postgresql://tester@/postgres?host=\(server.folder)&application_name=own"
        let connection = try Connection(.url(url))
        let row = try connection.query("SELECT current_setting('application_name'), current_setting('TimeZone')")
        try row.forEach { row throws(PostgresError) in
            #expect(try row.text(0) == "own")
            #expect(try row.text(1) == "UTC")
        }
    }

    @Test func theServersFieldsAreKept() async throws {
        try await server.withDatabase { connection throws in
            try connection.execute("CREATE TABLE leg (uniqueid text CONSTRAINT leg_key PRIMARY KEY)")
            try connection.execute("INSERT INTO leg VALUES ('1212555')")
            let error = #expect(throws: PostgresError.self) {
                try connection.execute("INSERT INTO leg VALUES ('1212555')")
            }
            #expect(error?.code == .sql)
            #expect(error?.sqlState == "23505")
            #expect(error?.severity == "ERROR")
            #expect(error?.constraint == "leg_key")
            #expect(error?.table == "leg")
            #expect(error?.isSQLState("23") == true)
            #expect(error?.detail?.contains("1212555") == true)
        }
    }

    @Test(arguments: [
        "INSERT INTO leg VALUES ('1212555', 1)",
        "INSERT INTO leg VALUES ('x', '1212555x')",
        "SELECT '1212555x'::int",
        "DO $$ BEGIN RAISE EXCEPTION 'caller 1212555'; END $$",
    ])
    func theDescriptionQuotesNoValues(_ sql: String) async throws {
        try await server.withDatabase { connection throws in
            try connection.execute("CREATE TABLE leg (src text PRIMARY KEY, n int)")
            try connection.execute("INSERT INTO leg VALUES ('1212555')")
            let error = #expect(throws: PostgresError.self) { try connection.execute(sql) }
            #expect(error?.description.contains("1212555") == false)
            #expect(error?.debugDescription.contains("1212555") == true)
        }
    }

    @Test func aMissingTableIsNamed() async throws {
        try await server.withDatabase { connection throws in
            let error = #expect(throws: PostgresError.self) { try connection.query("SELECT * FROM voip.cdr") }
            #expect(error?.sqlState == "42P01")
            #expect(
                error?.description
                    == "The database refused: relation \"voip.cdr\" does not exist (SQLSTATE 42P01)."
            )
        }
    }

    @Test func `a missing right names the statement that grants it to the session's user`() async throws {
        try await server.withDatabase { connection throws in
            try connection.execute("CREATE TABLE leg (n int)")
            let user = try connection.query("SELECT session_user::text").first { row throws(PostgresError) in
                try row.text(0)
            }
            try connection.execute("SET ROLE pg_monitor")
            let error = #expect(throws: PostgresError.self) { try connection.query("SELECT * FROM leg") }
            #expect(error?.sqlState == "42501")
            #expect(error?.user == user)
            #expect(error?.description.contains("permission denied for table leg") == true)
            #expect(error?.description.contains(" runs: GRANT SELECT ON leg TO ") == true)
        }
    }

    @Test func `a missing database is not an unreachable server`() {
        let error = #expect(throws: PostgresError.self) {
            _ = try Connection(.url("postgresql://tester@/no_such?host=\(server.folder)"))
        }
        #expect(error?.sqlState == "3D000")
        #expect(error?.description.hasPrefix("The database does not exist: ") == true)
        #expect(error?.description.hasSuffix("create it: CREATE DATABASE no_such OWNER tester.") == true)
    }

    @Test func aKilledSessionIsLost() async throws {
        try await server.withDatabaseAddress { address in
            let victim = try Connection(address)
            let other = try Connection(address)
            try other.query("SELECT pg_terminate_backend($1::int)", [.int64(Int64(victim.serverProcessID))])
            let error = #expect(throws: PostgresError.self) { try victim.execute("SELECT 1") }
            #expect(error?.code == .connectionLost)
            let again = #expect(throws: PostgresError.self) { try victim.execute("SELECT 1") }
            #expect(again?.code == .connectionLost)
        }
    }

    @Test func aStatementIsInterruptedFromAnotherThread() async throws {
        try await server.withDatabaseAddress { address in
            let connection = try Connection(address)
            guard let token = connection.cancelToken else {
                Issue.record("An open session has a token.")
                return
            }
            let isInterrupted = Atomic(false)
            // A separate thread: the threads of tasks may all be waiting for servers.
            DispatchQueue.global().async {
                // A request to a session that runs nothing has no effect, so it is repeated until it has.
                while !isInterrupted.load(ordering: .relaxed) {
                    token.cancel()
                    usleep(20_000)
                }
            }
            let error = #expect(throws: PostgresError.self) { try connection.execute("SELECT pg_sleep(60)") }
            isInterrupted.store(true, ordering: .relaxed)
            #expect(error?.sqlState == "57014")
        }
    }
}
