import Postgres
import Testing
import TestSupport

@testable import Warehouse

/// docs/warehouse.md matches the database, and its queries run.
@Suite(.enabled(if: TestPostgres.shared != nil, "\(TestPostgres.reasonForAbsence)"))
struct WarehouseGuideTests {
    private static func guide() throws -> [Substring] {
        let root = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
        let text = try #require(FileSystem.read("/\(root)/docs/warehouse.md"))
        return text.split(separator: "\n", omittingEmptySubsequences: false)
    }

    @Test func `the queries run as a reader`() async throws {
        var queries: [String] = []
        var isQuery = false
        for line in try Self.guide() {
            if line == "```sql" {
                isQuery = true
                queries.append("")
            } else if line == "```" {
                isQuery = false
            } else if isQuery {
                queries[queries.count - 1] += line + "\n"
            }
        }
        #expect(queries.count >= 8)
        try await TestPostgres.shared?.withDatabase { connection throws in
            try Migrator().migrate(connection)
            try connection.transaction(readOnly: true) { connection in
                try connection.execute("set local role voip_reader")
                for query in queries {
                    #expect(throws: Never.self, "\(query)") { _ = try connection.query(query) }
                }
            }
        }
    }

    @Test func `every view and column is described as in the database`() async throws {
        let lines = try Set(Self.guide().map { String($0) })
        try await TestPostgres.shared?.withDatabase { connection throws in
            try Migrator().migrate(connection)
            let described = try connection.query(
                """
                select '### voip.' || relname from pg_class
                where relnamespace = 'voip'::regnamespace and relkind = 'v'
                union all
                select format('| `%s` | %s | %s |', a.attname,
                              replace(replace(format_type(a.atttypid, a.atttypmod), 'timestamp with time zone', 'timestamptz'),
                                      'double precision', 'double'),
                              replace(col_description(c.oid, a.attnum), '|', '\\|'))
                from pg_class as c
                join pg_attribute as a on a.attrelid = c.oid and a.attnum > 0
                where c.relnamespace = 'voip'::regnamespace and c.relkind = 'v'
                """
            ).map { row throws(PostgresError) in try row.text(0) }
            #expect(described.count > 100)
            for line in described { #expect(lines.contains(line), "\(line)") }
        }
    }
}
