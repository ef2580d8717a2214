import Postgres
import Testing
import TestSupport
import Warehouse

/// A warehouse of an earlier version, with rows in every table, becomes the same as a new one with the same rows.
@Suite(.enabled(if: TestPostgres.shared != nil, "\(TestPostgres.reasonForAbsence)"))
struct UpgradeTests {
    /// Rows by the migration that created their tables. Call 7 has two legs, and two visits, one of them estimated; the
    /// visit 1700000200.9 has no leg.
    private static let rows = [
        1: """
        insert into voip.pbx (name, timezone) values ('main', 'Europe/Berlin'), ('branch', null);
        insert into voip.cdr (call_id, leg_no, content_hash, row_hash, start_at, end_at, pbx_id, duration_s, billsec_s,
                              uniqueid, linkedid, lastapp, disposition)
        values (7, 1, 1, 1, '2026-11-16 09:00+00', '2026-11-16 09:01+00', 1, 60, 50, '1700000000.1', '1700000000.1', 'Queue',
                'ANSWERED'),
               (7, 2, 2, 2, '2026-11-16 09:00+00', '2026-11-16 09:01+00', 1, 60, 50, '1700000000.2', '1700000000.1', 'Dial',
                'ANSWERED'),
               (8, 1, 3, 3, '2026-11-16 09:00+00', '2026-11-16 09:01+00', 2, 60, 0, '1700000000.1', null, 'Dial', 'BUSY');
        insert into voip.call (call_id, pbx_id, linkedid, direction, disposition, started_at, ended_at, duration_s, talk_s,
                               queues, transfers, legs, row_hash)
        values (7, 1, '1700000000.1', 'inbound', 'answered', '2026-11-16 09:00+00', '2026-11-16 09:01+00', 60, 50, 2, 0, 2, 1),
               (8, 2, '1700000000.1', 'outbound', 'busy', '2026-11-16 09:00+00', '2026-11-16 09:01+00', 60, 0, 0, 0, 1, 2);
        insert into voip.call_alias (linkedid, pbx_id, call_id) values ('1700000000.0', 1, 7);
        insert into voip.etl_run (pbx, source, started_at, exit_status) values ('main', 'csv', '2026-11-16 10:00+00', 2);
        insert into voip.reject (run_id, pbx_id, source, origin, line, reason_code, reason, record_hash, record)
        values (1, 1, 'cdr', 'Master.csv', 3, 'columns', 'Two columns.', 5, 'a,b')
        """,
        2: """
        insert into voip.queue_event (at, event_hash, pbx_id, event, callid, queue)
        values ('2026-11-16 09:00+00', 1, 1, 'ENTERQUEUE', '1700000000.1', 'sales'),
               ('2026-11-16 09:01+00', 2, 1, 'ABANDON', '1700000200.9', 'sales');
        insert into voip.queue_visit (pbx_id, callid, queue, entry, source, entered_at, left_at, outcome, wait_s)
        values (1, '1700000000.1', 'sales', 1, 'queue_log', '2026-11-16 09:00+00', '2026-11-16 09:00:09+00', 'timed_out', 9),
               (1, '1700000000.2', 'office', 1, 'cdr', '2026-11-16 09:00+00', '2026-11-16 09:00:09+00', 'abandoned', 9),
               (1, '1700000200.9', 'sales', 1, 'queue_log', '2026-11-16 09:00+00', '2026-11-16 09:01+00', 'abandoned', 60);
        insert into voip.agent_session (pbx_id, agent, kind, queue, started_at)
        values (1, 'PJSIP/101', 'membership', 'sales', '2026-11-16 08:00+00');
        insert into voip.agent (pbx_id, agent, interface, extension, seen_at)
        values (1, 'Alice', 'PJSIP/101', '101', '2026-11-16 09:00+00')
        """,
        3: """
        insert into voip.contact (source, kind, external_id, name) values ('csv', 'lead', '31', 'Ann');
        insert into voip.contact_number (number_e164, contact_id) values ('+4930111', 1)
        """,
        4: "update voip.queue_event set source = 'ami' where event_hash = 2",
        10: """
        insert into voip.callback (pbx_id, caller_key, claimed_by, claimed_at, changed_at)
        values (1, '+4930111', 'anna', '2026-11-16 10:00+00', '2026-11-16 10:00+00')
        """,
    ]

    private static func content(_ connection: borrowing Connection) throws -> [String] {
        let tables = try connection.query(
            "select relname::text from pg_class where relnamespace = 'voip'::regnamespace and relkind = 'r' order by 1"
        ).map { row throws(PostgresError) in try row.text(0) }
        var lines: [String] = []
        for table in tables where !table.hasPrefix("schema_") {
            lines += try connection.query("select to_jsonb(t)::text from voip.\(table) as t order by 1")
                .map { row throws(PostgresError) in "\(table) \(try row.text(0))" }
        }
        return lines
    }

    /// Columns, indexes, constraints, comments, views, functions and rights.
    private static func schema(_ connection: borrowing Connection) throws -> [String] {
        try connection.query(
            """
            select concat_ws(' ', 'column', c.relname, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull,
                             pg_get_expr(d.adbin, d.adrelid), col_description(c.oid, a.attnum), c.relacl)
            from pg_class as c
            join pg_attribute as a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
            left join pg_attrdef as d on d.adrelid = c.oid and d.adnum = a.attnum
            where c.relnamespace = 'voip'::regnamespace and c.relkind in ('r', 'v')
            union all
            select 'index ' || indexdef from pg_indexes where schemaname = 'voip'
            union all
            select concat_ws(' ', 'constraint', conrelid::regclass, conname, pg_get_constraintdef(oid))
            from pg_constraint where connamespace = 'voip'::regnamespace
            union all
            select concat_ws(' ', 'view', viewname, definition) from pg_views where schemaname = 'voip'
            union all
            select 'function ' || pg_get_functiondef(oid) from pg_proc where pronamespace = 'voip'::regnamespace
            order by 1
            """
        ).map { row throws(PostgresError) in try row.text(0) }
    }

    /// The number of the newest migration.
    private static let newest = SQLFile.embedded.compactMap { Int($0.name.prefix(4)) }.max() ?? 0

    @Test(arguments: 1..<newest)
    func `a filled warehouse of each earlier version becomes the same as a new one`(version: Int) async throws {
        try await TestPostgres.shared?.withDatabase { old throws in
            let before = SQLFile.embedded.filter { (1...version).contains(Int($0.name.prefix(4)) ?? 0) }
            #expect(before.count == version)
            try Migrator(files: before).migrate(old)
            for number in 1...version { try old.execute(Self.rows[number] ?? "") }
            try Migrator().migrate(old)
            // Rows that only later versions can hold are loaded afterwards.
            for number in stride(from: version + 1, through: Self.newest, by: 1) {
                try old.execute(Self.rows[number] ?? "")
            }
            try Self.complete(old)

            try await TestPostgres.shared?.withDatabase { new throws in
                try Migrator().migrate(new)
                for number in 1...Self.newest { try new.execute(Self.rows[number] ?? "") }
                try Self.complete(new)
                let (there, here) = try (Self.content(old), Self.content(new))
                #expect(there == here)
                #expect(here.contains { $0.hasPrefix("queue_visit") && $0.contains(#""call_id": 7"#) })
                #expect(try Self.schema(old) == Self.schema(new))
            }
            #expect(try Migrator().pending(old).isEmpty)
        }
    }

    @Test func `the visits of an earlier version get their call`() async throws {
        try await TestPostgres.shared?.withDatabase { connection throws in
            let before = SQLFile.embedded.filter { $0.name < "0005" && $0.name.hasPrefix("0") }
            try Migrator(files: before).migrate(connection)
            for number in 1...4 { try connection.execute(Self.rows[number] ?? "") }
            try Migrator().migrate(connection)
            let calls = try connection.query("select coalesce(call_id, 0) from voip.queue_visit order by callid")
                .map { row throws(PostgresError) in try row.int64(0) }
            #expect(calls == [7, 7, 0])
        }
    }

    /// What the loader does when it loads the rows, what 0004 does to existing events, and 0007 to rejects.
    private static func complete(_ connection: borrowing Connection) throws {
        try connection.execute(
            """
            update voip.queue_visit as v set call_id = c.call_id
            from voip.cdr as c where c.uniqueid = v.callid and c.pbx_id = v.pbx_id;
            insert into voip.queue_log_span (pbx_id, first_at, last_at)
            values (1, '2026-11-16 09:00+00', '2026-11-16 09:01+00') on conflict do nothing;
            update voip.reject set filed_at = '2026-11-16 10:00+00'
            """
        )
    }
}
