import Postgres
import Testing
import TestSupport
import Warehouse

/// The warehouse's public face.
@Suite(.enabled(if: TestPostgres.shared != nil, "\(TestPostgres.reasonForAbsence)"))
struct ViewTests {
    private static let documented = [
        "agent_aliases", "agents", "callbacks", "calls", "contacts", "legs", "lost_calls", "queue_events",
        "queue_visits", "rejects", "runs", "sessions",
    ]

    private func withWarehouse(_ body: (borrowing Connection) throws -> Void) async throws {
        try await TestPostgres.shared?.withDatabase { connection throws in
            try Migrator().migrate(connection)
            try body(connection)
        }
    }

    private static func texts(_ sql: String, _ connection: borrowing Connection) throws -> [String] {
        try connection.query(sql).map { row throws(PostgresError) in try row.text(0) }
    }

    @Test func `every view, column and function has its comment`() async throws {
        try await withWarehouse { connection throws in
            let views = "relnamespace = 'voip'::regnamespace and relkind = 'v'"
            #expect(
                try Self.texts("select relname::text from pg_class where \(views) order by 1", connection)
                    == Self.documented
            )
            let silent = """
                select relname::text from pg_class where \(views) and obj_description(oid) is null
                union all
                select relname || '.' || attname from pg_class join pg_attribute on attrelid = pg_class.oid
                where \(views) and attnum > 0 and col_description(pg_class.oid, attnum) is null
                union all
                select proname::text from pg_proc
                where pronamespace = 'voip'::regnamespace and obj_description(oid) is null
                """
            #expect(try Self.texts(silent, connection) == [])
        }
    }

    @Test func `primary keys of facts contain pbx_id`() async throws {
        try await withWarehouse { connection throws in
            let lacking = """
                select c.relname::text
                from pg_class as c
                where c.relnamespace = 'voip'::regnamespace and c.relkind = 'r'
                    and exists (select 1 from pg_attribute where attrelid = c.oid and attname = 'pbx_id')
                    and not exists (
                        select 1
                        from pg_index as i
                        join pg_attribute as a on a.attrelid = c.oid and a.attname = 'pbx_id' and a.attnum = any(i.indkey)
                        where i.indrelid = c.oid and i.indisprimary)
                """
            #expect(try Self.texts(lacking, connection) == [])
        }
    }

    /// A CRM's queries find their rows through an index even if a sequential scan is allowed.
    @Test(arguments: [
        "contact_id = 5 order by started_at desc limit 20",
        "customer_e164 = '+49305' order by started_at desc limit 20",
        "linkedid = '5.1'", "pbx_id = 1 and started_at >= '2026-11-16' and started_at < '2026-11-17'",
    ])
    func `a question of the CRM reads few rows`(condition: String) async throws {
        try await withWarehouse { connection throws in
            try connection.execute(
                """
                insert into voip.pbx (name) values ('main');
                insert into voip.call (call_id, pbx_id, linkedid, direction, disposition, started_at, ended_at, duration_s,
                                       talk_s, queues, transfers, legs, row_hash, customer_e164, contact_id)
                select n, 1, n || '.1', 'inbound', 'answered', timestamptz '2026-01-01' + n * interval '10 minutes',
                    timestamptz '2026-01-01' + n * interval '10 minutes', 0, 0, 0, 0, 1, 0, '+4930' || n % 5000, n % 5000
                from generate_series(1, 100000) as n;
                analyze voip.call
                """
            )
            let plan = try Self.texts("explain select call_id from voip.calls where \(condition)", connection)
                .joined(separator: "\n")
            #expect(!plan.contains("Seq Scan on call"), "\(plan)")
        }
    }

    /// What `calls` looks up for a number, an extension, a number of ours and an agent, as it does: without reading whole tables.
    @Test(arguments: [
        ("right(coalesce(customer_e164, customer_number), 4) = any('{4321}'::text[])", "call_search"),
        ("extension collate \"C\" = any('{199}'::text[])", "call_search"),
        ("did collate \"C\" = any('{030199}'::text[])", "call_did"),
        ("agent collate \"C\" = any('{Agent 199}'::text[])", "call_search"),
        ("direction = 'unknown'", "call_unknown"),
    ])
    func `a question of the call list has an index`(condition: String, index: String) async throws {
        try await withWarehouse { connection throws in
            try connection.execute(
                """
                insert into voip.pbx (name) values ('main');
                insert into voip.call (call_id, pbx_id, linkedid, direction, disposition, started_at, ended_at, duration_s,
                                       talk_s, queues, transfers, legs, row_hash, customer_e164, did, extension, agent)
                select n, 1, n || '.1', 'inbound', 'answered', timestamptz '2026-01-01' + n * interval '10 minutes',
                    timestamptz '2026-01-01' + n * interval '10 minutes', 0, 0, 0, 0, 1, 0, '+4930' || n % 5000 + 10000,
                    '030' || n % 500, n % 500, 'Agent ' || n % 500
                from generate_series(1, 100000) as n;
                analyze voip.call;
                set enable_seqscan = off
                """
            )
            let plan = try Self.texts("explain select call_id from voip.calls where \(condition)", connection)
                .joined(separator: "\n")
            #expect(plan.contains(index), "\(plan)")
        }
    }

    /// One example for each view, worked out by hand.
    @Test func `views show calls, visits, agents and who was lost`() async throws {
        try await withWarehouse { connection throws in
            try connection.execute(
                """
                insert into voip.pbx (name, timezone) values ('main', 'Europe/Berlin');
                insert into voip.contact (source, kind, external_id, name, owner) values ('csv', 'lead', '31', 'Ann', 'Zoe');
                insert into voip.contact_number (number_e164, contact_id, priority) values ('+4930222', 1, 1), ('+4930111', 1, 0);
                insert into voip.call (call_id, pbx_id, linkedid, direction, disposition, started_at, answered_at, ended_at,
                                       duration_s, wait_s, talk_s, queues, transfers, legs, row_hash, customer, customer_e164,
                                       extension, queue, wait_source, match, contact_id)
                values (1, 1, '1.1', 'inbound', 'no_answer', '2026-11-16 09:00+00', null, '2026-11-16 09:00:30+00', 30, 30, 0,
                        1, 0, 1, 0, '030111', '+4930111', null, 'Sales', 'queue_log', 'matched', 1),
                       (2, 1, '2.1', 'outbound', 'answered', '2026-11-16 09:10+00', '2026-11-16 09:10:05+00',
                        '2026-11-16 09:11:05+00', 65, 5, 60, 0, 0, 1, 0, '030111', '+4930111', '101', null, null, 'matched', 1);
                insert into voip.queue_visit (pbx_id, callid, queue, entry, source, entered_at, left_at, outcome, wait_s, caller,
                                              caller_e164, call_id)
                values (1, '1.1', 'Sales', 1, 'queue_log', '2026-11-16 09:00+00', '2026-11-16 09:00:30+00', 'abandoned', 30,
                        '030111', '+4930111', 1),
                       -- An estimate for a queue that has a log, in another spelling, does not count.
                       (1, '3.1', 'sales', 1, 'cdr', '2026-11-16 10:00+00', '2026-11-16 10:00:30+00', 'abandoned', 30,
                        '030333', '+4930333', null),
                       (1, '4.1', 'office', 1, 'cdr', '2026-11-16 11:00+00', '2026-11-16 11:00:10+00', 'abandoned', 10,
                        null, null, null);
                insert into voip.agent (pbx_id, agent, interface, extension, seen_at)
                values (1, 'Alice', 'PJSIP/101', '101', '2026-11-16 09:00+00');
                insert into voip.agent_session (pbx_id, agent, kind, queue, started_at)
                values (1, 'PJSIP/101', 'membership', 'Sales', '2026-11-16 08:00+00'),
                       (1, 'Local/102@agents/n', 'pause', '', '2026-11-16 08:00+00')
                """
            )
            try connection.execute(
                """
                insert into voip.call (call_id, pbx_id, linkedid, direction, disposition, started_at, answered_at, ended_at,
                                       duration_s, wait_s, talk_s, queues, transfers, legs, row_hash, customer, customer_e164,
                                       extension)
                values (5, 1, '5.1', 'outbound', 'answered', '2026-11-17 09:10+00', '2026-11-17 09:10:05+00',
                        '2026-11-17 09:11+00', 60, 5, 55, 0, 0, 1, 0, '11987654321', '+5511987654321', '102'),
                       (6, 1, '6.1', 'outbound', 'answered', '2026-11-18 09:10+00', '2026-11-18 09:10:05+00',
                        '2026-11-18 09:11+00', 60, 5, 55, 0, 0, 1, 0, '40404', null, '102');
                insert into voip.queue_visit (pbx_id, callid, queue, entry, source, entered_at, left_at, outcome, wait_s,
                    caller, caller_e164, call_id)
                values (1, '5.0', 'Sales', 1, 'queue_log', '2026-11-17 09:00+00', '2026-11-17 09:00:30+00', 'abandoned', 30,
                        '1187654321', '+551187654321', null),
                       (1, '6.0', 'Sales', 1, 'queue_log', '2026-11-18 09:00+00', '2026-11-18 09:00:30+00', 'abandoned', 30,
                        '40404', null, null)
                """
            )
            let rows = [
                (
                    // The same match key as in the reports: another form of the number, and a number without E.164 as
                    // written.
                    "select concat_ws('|', caller_number, reached_at at time zone 'UTC', reached_by) from voip.lost_calls "
                        + "where started_at >= '2026-11-17' order by started_at",
                    ["1187654321|2026-11-17 09:10:05|102", "40404|2026-11-18 09:10:05|102"]
                ),
                (
                    "select concat_ws('|', call_id, customer_e164, contact_kind, contact_external_id, contact_owner) "
                        + "from voip.calls where call_id <= 2 order by call_id",
                    ["1|+4930111|lead|31|Zoe", "2|+4930111|lead|31|Zoe"]
                ),
                (
                    "select concat_ws('|', queue, started_at at time zone 'UTC', caller_e164, contact_name, "
                        + "reached_at at time zone 'UTC', reached_by) from voip.lost_calls "
                        + "where started_at < '2026-11-17' order by started_at",
                    ["Sales|2026-11-16 09:00:00|+4930111|Ann|2026-11-16 09:10:05|101", "office|2026-11-16 11:00:00"]
                ),
                (
                    "select concat_ws('|', agent, interface, extension) from voip.agents order by agent",
                    ["Alice|PJSIP/101|101", "Local/102@agents/n|102"]
                ),
                (
                    "select concat_ws('|', agent, kind, queue) from voip.sessions order by agent",
                    ["Alice|membership|Sales", "Local/102@agents/n|pause"]
                ),
                ("select array_to_string(numbers, ' ') from voip.contacts", ["+4930111 +4930222"]),
                ("select call_id::text from voip.queue_visits where call_id is not null", ["1"]),
            ]
            for (query, expected) in rows { #expect(try Self.texts(query, connection) == expected, "\(query)") }
        }
    }

    @Test func `views and functions with changed columns are created again`() async throws {
        try await TestPostgres.shared?.withDatabase { connection throws in
            let old = [
                SQLFile(
                    name: "functions/twice.sql",
                    content:
                        "create or replace function voip.twice(n int) returns int language sql as 'select voip.half(n) * 4'"
                ),
                SQLFile(
                    name: "functions/half.sql",
                    content: "create or replace function voip.half(n int) returns int language sql as 'select n / 2'"
                ),
                SQLFile(
                    name: "views/two.sql",
                    content: "create or replace view voip.two as select voip.twice(1) as two"
                ),
            ]
            try Migrator(files: old).migrate(connection)
            let new = [
                old[1],
                SQLFile(
                    name: "functions/twice.sql",
                    content:
                        "create or replace function voip.twice(n int) returns bigint language sql as 'select n * 2::bigint'"
                ),
                SQLFile(
                    name: "views/two.sql",
                    content: "create or replace view voip.two as select voip.twice(1) as zwei"
                ),
            ]
            #expect(try Migrator(files: new).migrate(connection).views == ["functions/twice.sql", "views/two.sql"])
            #expect(try Self.texts("select zwei::text from voip.two", connection) == ["2"])
        }
    }

    /// With other parameters it is another function for the server, which would refuse a call that fits both.
    @Test func `a function with other parameters takes the place of the former one`() async throws {
        try await TestPostgres.shared?.withDatabase { connection throws in
            func function(_ parameters: String, comment: String = "", view: String) -> [SQLFile] {
                let head = "create or replace function voip.twice(\(parameters))"
                let body = "returns int language sql as 'select n * 2';"
                return [
                    SQLFile(name: "functions/twice.sql", content: "\(head) \(body) \(comment)"),
                    SQLFile(name: "views/two.sql", content: "create or replace view voip.two as select \(view) as two"),
                ]
            }
            let signatures = "select oid::regprocedure::text from pg_proc where proname = 'twice'"
            try Migrator(files: function("n int", view: "2")).migrate(connection)
            try Migrator(files: function("n int, m int default 1", view: "2")).migrate(connection)
            #expect(try Self.texts(signatures, connection) == ["voip.twice(integer,integer)"])
            #expect(try Self.texts("select voip.twice(2)::text", connection) == ["4"])

            // The comment names it without its parameters.
            let comment = "comment on function voip.twice is 'Double.'"
            try Migrator(files: function("n int, m int default 1, o int default 1", comment: comment, view: "2"))
                .migrate(connection)
            #expect(try Self.texts(signatures, connection) == ["voip.twice(integer,integer,integer)"])

            // A view that uses it is made again.
            try Migrator(files: function("n int, m int default 1", view: "voip.twice(2)")).migrate(connection)
            try Migrator(files: function("n int", view: "voip.twice(2)")).migrate(connection)
            #expect(try Self.texts(signatures, connection) == ["voip.twice(integer)"])
            #expect(try Self.texts("select two::text from voip.two", connection) == ["4"])
        }
    }
}
