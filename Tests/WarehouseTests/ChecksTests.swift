import Postgres
import Testing
import TestSupport
import Warehouse

@Suite(.enabled(if: TestPostgres.shared != nil, "\(TestPostgres.reasonForAbsence)"))
struct ChecksTests {
    let server: TestPostgres

    init() throws {
        server = try #require(TestPostgres.shared)
    }

    private func findings(_ content: String) throws -> [Checks.Finding] {
        let files = [
            SQLFile(name: "checks/a_check.sql", content: content),
            SQLFile(name: "0001_not_a_check.sql", content: "SELECT 1"),
        ]
        return try Checks(files: files).run(Connection(server.address()))
    }

    @Test func aQueryWithoutRowsIsNoFinding() throws {
        #expect(try findings("-- Nothing is wrong.\nSELECT 1 WHERE false;\n") == [])
    }

    @Test func rowsAreCountedAndTheFirstShown() throws {
        let finding = try #require(
            findings("-- Numbers are small.\n-- Since ever.\nSELECT n, NULL AS why FROM generate_series(1, 25) AS n; ")
                .first
        )
        #expect(finding.name == "a_check")
        #expect(finding.title == "Numbers are small.")
        #expect(finding.count == 25)
        #expect(finding.columns == ["n", "why"])
        #expect(finding.rows.count == 10)
        #expect(finding.rows.first == ["1", nil])
    }

    @Test func aCommentAtTheEndDoesNoHarm() throws {
        #expect(try findings("SELECT 1 -- one").map(\.title) == ["a_check"])
    }

    @Test func aBrokenCheckIsNamed() {
        let error = #expect(throws: WarehouseError.self) { try findings("SELECT * FROM nowhere") }
        #expect(error?.code == .check)
        #expect(error?.description.hasPrefix("The check a_check cannot be run.") == true)
    }

    @Test func aCheckCannotWrite() {
        #expect(throws: WarehouseError.self) {
            try findings("SELECT nextval('s') FROM (SELECT set_config('a.b', '', true)) AS x")
        }
    }
}
