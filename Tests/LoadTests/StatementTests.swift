import CallRecords
import Load
import Postgres
import Testing
import TestSupport
import Warehouse

struct StatementTests {
    @Test func `update_legs has its own bit for every text column of a CDR`() {
        for field in CDRField.allCases where field != .uniqueid {
            let (bit, name) = (1 << field.rawValue, field.name)
            #expect(SQLFiles.Load.updateLegs.contains("i.cut & \(bit) <> 0 and starts_with(t.\(name), i.\(name))"))
            #expect(SQLFiles.Load.updateLegs.contains("coalesce(i.\(name), t.\(name)) end as \(name)"))
            for list in [" \(name)", " m.\(name)", " t.\(name)"] {
                #expect(SQLFiles.Load.updateLegs.contains(list + ",") || SQLFiles.Load.updateLegs.contains(list + "\n"))
            }
        }
    }

    @Test(.enabled(if: TestPostgres.shared != nil, "\(TestPostgres.reasonForAbsence)"))
    func `every statement of the loader can be prepared straight from its file`() async throws {
        let server = try #require(TestPostgres.shared)
        let scripts = ["incoming_legs", "touched_callids", "evicted_keys", "split_edge_table", "link_first_visits"]
            .map { "load/\($0).sql" }
        let settings = ["load/analyze.sql"]
        try await server.withDatabase { connection throws in
            try Migrator().migrate(connection)
            try connection.transaction { connection in
                for file in SQLFiles.all where scripts.contains(file.name) { try connection.execute(file.content) }
                let files = SQLFiles.all.filter {
                    $0.name.hasPrefix("load/") && !scripts.contains($0.name) && !settings.contains($0.name)
                }
                #expect(files.count > 20)
                for (number, file) in files.enumerated() {
                    #expect(throws: Never.self, "\(file.name)") {
                        try connection.execute("prepare statement_\(number) as \(file.content)")
                    }
                }
            }
        }
    }

    /// Analysing a table counts its rows, so that a made-up count shows whether it was done.
    @Test(.enabled(if: TestPostgres.shared != nil, "\(TestPostgres.reasonForAbsence)"))
    func `statistics are renewed when a twentieth of the legs or of the events is new`() async throws {
        let server = try #require(TestPostgres.shared)
        try await server.withDatabase { connection throws in
            try Migrator().migrate(connection)
            // A table that was never analysed counts -1 rows.
            #expect(try Self.areRenewed(connection, rows: -1, legs: 0, events: 10_001) == true)
            #expect(try Self.areRenewed(connection, rows: -1, legs: 5_000, events: 5_000) == false)
            #expect(try Self.areRenewed(connection, rows: 1_000_000, legs: 49_999, events: 49_999) == false)
            #expect(try Self.areRenewed(connection, rows: 1_000_000, legs: 50_000, events: 0) == true)
            #expect(try Self.areRenewed(connection, rows: 1_000_000, legs: 0, events: 50_000) == true)
        }
    }

    private static func areRenewed(
        _ connection: borrowing Connection,
        rows: Int,
        legs: Int64,
        events: Int64
    ) throws -> Bool? {
        let tables = "('voip.cdr'::regclass, 'voip.queue_event'::regclass)"
        try connection.execute("update pg_class set reltuples = \(rows) where oid in \(tables)")
        try connection.transaction { connection in
            try Statements.analyze(after: legs, events: events, connection)
        }
        return try connection.query("select bool_and(reltuples = 0) from pg_class where oid in \(tables)")
            .first { row throws(PostgresError) in try row.bool(0) }
    }
}
