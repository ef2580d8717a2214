import CallRecords
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
}
