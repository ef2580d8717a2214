import Postgres
import Warehouse

/// The contents of a warehouse, as text for comparison.
struct Contents: Equatable {
    /// Rows by table, sorted.
    var tables: [String: [String]] = [:]

    /// Everything that the runs loaded, without the ledger and the numbers assigned by the warehouse itself: two
    /// warehouses that were filled in different ways have the same meaning.
    static func meaning(_ connection: borrowing Connection) throws -> Contents {
        try Contents(
            connection,
            [
                "cdr": """
                select p.name || ' ' || (to_jsonb(t) - '{call_id,row_hash,pbx_id}'::text[])::text || ' of ' || c.linkedid
                from voip.cdr t join voip.pbx p using (pbx_id) left join voip.call c using (call_id)
                """,
                "call": """
                select p.name || ' ' || (to_jsonb(t) - '{call_id,pbx_id}'::text[])::text
                from voip.call t join voip.pbx p using (pbx_id)
                """,
                "call_alias": """
                select p.name || ' ' || t.linkedid || ' of ' || c.linkedid
                from voip.call_alias t join voip.pbx p using (pbx_id) left join voip.call c using (call_id)
                """,
                "queue_event": "select (to_jsonb(t) - 'pbx_id')::text from voip.queue_event t",
                "queue_visit": """
                select (to_jsonb(t) - '{call_id,pbx_id}'::text[])::text || ' of ' || coalesce(c.linkedid, 'no call')
                from voip.queue_visit t left join voip.call c using (call_id)
                """,
                "agent_session": "select (to_jsonb(t) - 'pbx_id')::text from voip.agent_session t",
                "agent": "select (to_jsonb(t) - 'pbx_id')::text from voip.agent t",
            ]
        )
    }

    /// Every column of every table that a run may change, except the ledger of runs.
    static func everything(_ connection: borrowing Connection) throws -> Contents {
        let tables = ["pbx", "cdr", "call", "call_alias", "queue_event", "queue_visit", "agent_session", "agent"]
        return try Contents(
            connection,
            Dictionary(uniqueKeysWithValues: tables.map { ($0, "select to_jsonb(t)::text from voip.\($0) t") })
        )
    }

    private init(_ connection: borrowing Connection, _ queries: [String: String]) throws {
        for (table, query) in queries {
            tables[table] = try connection.query(query).map { row throws(PostgresError) in try row.text(0) }.sorted()
        }
    }

    /// The first differences, for the message of a failed comparison.
    func differences(from other: Contents) -> String {
        var lines: [String] = []
        for table in tables.keys.sorted() {
            let (here, there) = (tables[table] ?? [], other.tables[table] ?? [])
            if here == there { continue }
            lines.append("\(table): \(here.count) rows here, \(there.count) there")
            let (left, right) = (Set(here), Set(there))
            lines += left.subtracting(right).sorted().prefix(3).map { "  here  \($0)" }
            lines += right.subtracting(left).sorted().prefix(3).map { "  there \($0)" }
        }
        return lines.joined(separator: "\n")
    }
}

extension Connection {
    /// The first column of a query, as text.
    func texts(_ sql: String) throws -> [String] {
        try query(sql).map { row throws(PostgresError) in try row.textIfPresent(0) ?? "NULL" }
    }

    /// A number.
    func count(_ sql: String) throws -> Int {
        Int(try query(sql).first { row throws(PostgresError) in try row.int64(0) } ?? -1)
    }

    /// Where the warehouse violates its own rules, by these queries and by `warehouse check`.
    func faults() throws -> [String] {
        try Checks().run(self).map { "\($0.title) \($0.rows)" }
            + texts(
                """
                select 'leg without a call: ' || uniqueid from voip.cdr c
                    where not exists (select from voip.call k where k.call_id = c.call_id and k.pbx_id = c.pbx_id)
                union all
                select 'call without a leg: ' || linkedid from voip.call k
                    where not exists (select from voip.cdr c where c.call_id = k.call_id)
                union all
                select 'call with a wrong number of legs: ' || linkedid from voip.call k
                    where legs <> (select count(*) from voip.cdr c where c.call_id = k.call_id)
                union all
                select 'uniqueid in two calls: ' || uniqueid from voip.cdr where uniqueid <> ''
                    group by uniqueid, pbx_id having count(distinct call_id) > 1
                union all
                select 'linkedid in two calls: ' || linkedid from voip.cdr where linkedid is not null
                    group by linkedid, pbx_id having count(distinct call_id) > 1
                union all
                select 'linkedid of another call: ' || a.linkedid from voip.cdr a join voip.cdr b
                    on b.uniqueid = a.linkedid and b.pbx_id = a.pbx_id and b.call_id <> a.call_id
                union all
                select 'alias of no call: ' || linkedid from voip.call_alias a
                    where not exists (select from voip.call k where k.call_id = a.call_id and k.pbx_id = a.pbx_id)
                """
            )
    }
}
