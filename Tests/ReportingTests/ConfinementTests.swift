import Glibc
import Postgres
import Testing
import TestSupport
import Warehouse

@testable import Reporting

/// What a user's own report tries beyond reading the warehouse.
@Suite(
    "Reports of the user's own are confined",
    .enabled(if: TestPostgres.shared != nil, "\(TestPostgres.reasonForAbsence)")
)
struct ConfinementTests {
    /// A warehouse, and a session of a login that may load and read it, as configured in `[warehouse] url`.
    private func withLoader(
        _ body: (_ session: borrowing Connection, _ administrator: borrowing Connection) throws -> Void
    ) async throws {
        let server = try #require(TestPostgres.shared)
        try await server.withDatabaseAddress { address in
            let administrator = try Connection(address)
            try Migrator().migrate(administrator)
            let login = "loader_\(UInt64.random(in: 0...UInt64.max))"
            try administrator.execute(
                """
                insert into voip.pbx (name, timezone) values ('main', 'Europe/Berlin');
                create table public.secret as select 'top' as word;
                create role \(login) login in role voip_loader
                """
            )
            defer { _ = try? administrator.execute("drop role \(login)") }
            let database = administrator.database
            try body(
                Connection(.socket(directory: server.folder, port: 5432, user: login, database: database)),
                administrator
            )
        }
    }

    private func run(_ statement: String, seconds: Int = 20, on session: borrowing Connection) throws -> [Line] {
        let text = "-- title: Attack\n-- column: x text: X.\n\(statement)"
        var request = ReportRequest.week47()
        request.ownReportSeconds = seconds
        let definition = try ReportDefinition(name: "attack", text: text, file: "attack.sql")
        return try ReportRunner(request).run([definition], on: session)[0].lines
    }

    @Test(
        "a statement that reads or runs anything else is refused",
        arguments: [
            "copy (select 1) to program 'touch /tmp/crm-voip-attack'", "copy (select 1) to '/tmp/crm-voip-attack'",
            "do $$ begin copy (select 1) to program 'touch /tmp/crm-voip-attack'; end $$",
            "do $$ begin set role none; delete from voip.pbx; end $$",
            "select pg_read_file('/etc/passwd') as x", "select pg_read_binary_file('pg_hba.conf')::text as x",
            "select pg_ls_dir('/') as x", "select lo_import('/etc/passwd')::text as x",
            "select pg_reload_conf()::text as x", "select word as x from public.secret",
            "select rolpassword as x from pg_authid", "insert into voip.pbx (name) values ('x') returning name as x",
            "with i as (delete from voip.pbx returning name) select name as x from i",
            "select set_config('transaction_read_only', 'off', true) as x", "create table public.t (x int)",
            "select nextval('voip.call_id')::text as x", "commit", "select 1 as x; drop table voip.pbx",
            "with r as materialized (select set_config('role', 'none', true) as n) "
                + "select query_to_xml('select pg_read_file(''/etc/passwd'')', true, true, n)::text as x from r",
            "with r as materialized (select set_config('role', 'none', true) as n) "
                + "select query_to_xml('delete from voip.pbx', true, true, n)::text as x from r",
        ]
    )
    func refused(_ statement: String) async throws {
        unlink("/tmp/crm-voip-attack")
        try await withLoader { session, administrator throws in
            let error = #expect(throws: ReportError.self) { try run(statement, on: session) }
            #expect(error?.code == .definition || error?.code == .database, "\(String(describing: error))")
            #expect(try administrator.query("select 1 from voip.pbx").count == 1)
        }
        #expect(access("/tmp/crm-voip-attack", F_OK) != 0)
    }

    @Test(
        "an allowed statement leaves nothing behind",
        arguments: [
            "select lo_from_bytea(0, 'x')::text as x", "select pg_advisory_lock(1)::text as x",
            "select set_config('statement_timeout', '0', false) as x", "select set_config('role', 'none', false) as x",
        ]
    )
    func harmless(_ statement: String) async throws {
        try await withLoader { session, administrator throws in
            let before = try session.query("select current_user || current_setting('statement_timeout')")
                .map { row in try row.text(0) }
            _ = try? run(statement, on: session)
            #expect(try administrator.query("select 1 from pg_largeobject_metadata").isEmpty)
            // Tests that run at the same time have locks in their own databases.
            let locks = """
                select 1 from pg_locks
                where locktype = 'advisory' and database = (select oid from pg_database where datname = current_database())
                """
            #expect(try administrator.query(locks).isEmpty)
            let after = try session.query("select current_user || current_setting('statement_timeout')")
                .map { row in try row.text(0) }
            #expect(after == before)
        }
    }

    @Test("a superuser's login is refused, because a statement could regain its rights, and is told what to do")
    func superuser() async throws {
        try await withLoader { _, administrator throws in
            let error = #expect(throws: ReportError.self) { try run("select 'a' as x", on: administrator) }
            #expect(error?.code == .definition)
            #expect(error?.message.contains("create role crm_voip login in role voip_loader") == true)
            // So is a login that may become one.
            let database = administrator.database
            let login = "member_\(UInt64.random(in: 0...UInt64.max))"
            try administrator.execute(
                "create role \(login) login in role voip_reader; do $$ begin execute format('grant %I to \(login)', "
                    + "current_user); end $$"
            )
            defer { _ = try? administrator.execute("drop role \(login)") }
            let folder = try #require(TestPostgres.shared).folder
            let session = try Connection(.socket(directory: folder, port: 5432, user: login, database: database))
            #expect(throws: ReportError.self) { try run("select 'a' as x", on: session) }
        }
    }

    @Test(
        "a session of the reader's own runs the statement, on the state that the other reports see, and in their zone"
    )
    func ownSession() async throws {
        try await Fixture.with { fixture in
            let text = """
                -- title: Own
                -- column: login text: L.
                -- column: zone text: Z.
                -- column: pbxs integer: P.
                select session_user::text as login, current_setting('TimeZone') as zone, (select count(*) from voip.pbx) as pbxs
                """
            let definition = try ReportDefinition(name: "own", text: text, file: "own.sql")
            let lines = try fixture.result(definition, .week47()).lines
            #expect(lines.map { $0["login", "zone", "pbxs"] } == [["voip_reader_of_tests", "Europe/Berlin", "1"]])
            // Leaving the role gains nothing: the login itself may only read.
            let attack = """
                -- title: Own
                -- column: x text: X.
                with r as materialized (select set_config('role', 'none', true) as n)
                select query_to_xml('select pg_read_file(''/etc/passwd'')', true, true, n)::text as x from r
                """
            let hostile = try ReportDefinition(name: "own", text: attack, file: "own.sql")
            #expect(throws: ReportError.self) { try fixture.result(hostile, .week47()) }
        }
    }

    @Test("another session cannot be ended, and a statement cannot run forever")
    func sessions() async throws {
        try await withLoader { session, administrator throws in
            let victim = administrator.serverProcessID
            let error = #expect(throws: ReportError.self) {
                try run("select pg_terminate_backend(\(victim))::text as x", on: session)
            }
            #expect(error?.code == .definition)
            #expect(try administrator.query("select 1").count == 1)
            let late = #expect(throws: ReportError.self) {
                try run("select pg_sleep(60)::text as x", seconds: 1, on: session)
            }
            #expect(late?.message == "The statement took longer than 1 s.")
        }
    }

    @Test("views and the tables of the contract can be read")
    func views() async throws {
        try await withLoader { session, _ throws in
            #expect(try run("select name as x from voip.pbx", on: session).map { $0["x"] } == ["main"])
            for view in ["calls", "legs", "queue_visits", "lost_calls", "agents", "cdr", "call", "contact"] {
                #expect(try run("select count(*)::text as x from voip.\(view)", on: session).map { $0["x"] } == ["0"])
            }
            #expect(try run("select current_user::text as x", on: session).map { $0["x"] } == ["voip_reader"])
        }
    }

    @Test(
        "a file or folder that others may write is refused",
        arguments: [(0o755, 0o666), (0o755, 0o664), (0o777, 0o644)]
    )
    func files(_ folderMode: mode_t, _ fileMode: mode_t) throws {
        var template = Array("/tmp/reports.XXXXXX".utf8CString)
        try #require(mkdtemp(&template) != nil)
        let folder = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        let path = "\(folder)/own.sql"
        defer {
            unlink(path)
            rmdir(folder)
        }
        let file = try #require(fopen(path, "w"))
        fputs("-- title: Own\n-- column: x text: X.\nselect 'a' as x\n", file)
        fclose(file)
        chmod(path, 0o644)
        #expect(try ReportCatalogue(directory: folder).definition("own").title == "Own")
        chmod(path, fileMode)
        chmod(folder, folderMode)
        let error = #expect(throws: ReportError.self) { try ReportCatalogue(directory: folder).definition("own") }
        #expect(error?.code == .definition)
        #expect(error?.message.contains("chmod go-w") == true)
    }
}
