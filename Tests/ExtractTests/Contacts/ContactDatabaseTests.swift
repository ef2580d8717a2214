import Base
import CallRecords
import Extract
import MariaDB
import Postgres
import Testing
import TestSupport

/// One line for each phone: `kind id name | phone | priority | owner | extension`; the id is left out, because CRMs
/// number in their own ways.
private func lines(_ source: ContactDatabase) throws -> (lines: [String], moments: Set<Int64?>) {
    var source = source
    var result: [String] = []
    var moments: Set<Int64?> = []
    try source.forEachContact { contact in
        let head = "\(contact.kind.rawValue) \(contact.name)"
        let tail = "\(contact.owner ?? "-") | \(contact.extension ?? "-")"
        for phone in contact.phones { result.append("\(head) | \(phone.text) | \(phone.priority) | \(tail)") }
        if contact.phones.isEmpty { result.append("\(head) | - | - | \(tail)") }
        if contact.kind != .user { moments.insert(contact.updatedAt?.wholeSeconds) }
    }
    return (result.sorted(), moments)
}

/// 2026-11-22 23:00:00 UTC, by date(1).
private let updated: Set<Int64?> = [1_795_388_400]

@Suite(.enabled(if: TestPostgres.shared != nil, "\(TestPostgres.reasonForAbsence)"))
struct PostgresContactTests {
    private func read(_ tables: String, _ query: String) async throws -> (lines: [String], moments: Set<Int64?>) {
        let server = try #require(TestPostgres.shared)
        return try await server.withDatabase { connection in
            try connection.execute(tables)
            let url = "postgresql://tester@/\(connection.database)?host=\(server.folder)"
            return try lines(try ContactDatabase(url: url, query: query))
        }
    }

    @Test func djangoCRM() async throws {
        let (lines, moments) = try await read(CRMTables.djangocrmOfThePast, try CRMTables.preset("djangocrm"))
        #expect(
            lines == [
                "company ООО «Ромашка» | 8 (495) 298-08-15 | 0 | 2 | -",
                "contact Anna Orlov | 8-916-2579240 доб. 12 | 1 | 3 | -",
                "lead Gone | 84951234567 | 102 | - | -",
                "lead Gone | 9161234567 | 100 | - | -",
                "user  | - | - | - | 102",
            ]
        )
        #expect(moments == updated)
    }

    @Test func `DjangoCRM with the names of its users`() async throws {
        let tables = CRMTables.djangocrmOfThePast + CRMTables.djangoPeople
        let (lines, _) = try await read(tables, try CRMTables.preset("djangocrm"))
        #expect(
            lines == [
                "company ООО «Ромашка» | 8 (495) 298-08-15 | 0 | olga | -",
                "contact Anna Orlov | 8-916-2579240 доб. 12 | 1 | Petra Wolf & Co <K> | -",
                "lead Gone | 84951234567 | 102 | - | -",
                "lead Gone | 9161234567 | 100 | - | -",
                "user olga | - | - | - | 102",
            ]
        )
    }

    @Test func espoCRM() async throws {
        let (lines, moments) = try await read(CRMTables.espocrmOnPostgres, try CRMTables.preset("espocrm.postgres"))
        #expect(lines == MariaDBContactTests.espoCRM)
        #expect(moments == updated)
    }

    @Test func odoo() async throws {
        let (lines, moments) = try await read(CRMTables.odoo, try CRMTables.preset("odoo"))
        #expect(
            lines == [
                "company ООО «Ромашка» | 8 (495) 298-08-15 | 1 | olga | -",
                "contact Anna Orlov | +79162579240 | 0 | olga | -",
                "contact Anna Orlov | 8-916-2579240 доб. 12 | 2 | olga | -",
                "lead Gone | 9161234567 | 101 | - | -",
                "user Olga P | 102 | 1 | olga | -",
            ]
        )
        #expect(moments == updated)
    }

    @Test func aQueryOfOnesOwn() async throws {
        let query = "select 7 as id, 'Anna' as label, '89161234567' as \"Mobile Phone\", 5 as priority; -- mine\n;  "
        let (lines, _) = try await read("select 1", "select * from (\(query.prefix { $0 != ";" })) q;\n ")
        #expect(lines == ["contact Anna | 89161234567 | 5 | - | -"])
    }

    @Test func whatTheQueryLacksIsSaid() async throws {
        await #expect(throws: ExtractError.self) { try await read("select 1", "select 1 as id, 'x' as name") }
        await #expect(throws: ExtractError.self) { try await read("select 1", "select * from nowhere") }
    }

    /// Only a function that writes could get through: PostgreSQL itself refuses an `insert` inside a subquery.
    @Test(arguments: ["select nextval('s') as id, '102' as phone", "select added() as id, '102' as phone"])
    func `a query that writes is refused`(query: String) async throws {
        let error = await #expect(throws: ExtractError.self) {
            try await read(
                """
                create sequence s;
                create table t (id int);
                create function added() returns int language sql as 'insert into t values (1) returning id'
                """,
                query
            )
        }
        #expect(error?.message.contains("read-only") == true)
    }

    @Test func whoIsNotThereIsUnavailable() throws {
        var source = try ContactDatabase(url: "postgresql://127.0.0.1:1/x", query: "select 1 as phone")
        let error = #expect(throws: ExtractError.self) { try source.forEachContact { _ in } }
        #expect(error?.code == .unavailable)
    }
}

@Suite(.enabled(if: TestMariaDB.isInstalled, "\(TestMariaDB.reason)"))
struct MariaDBContactTests {
    static let espoCRM = [
        "company ООО «Ромашка» | 84952980815 | 0 | olga | -",
        "contact Anna Orlov | +79162579240 | 0 | olga | -",
        "lead Gone | 9161234567 | 100 | - | -",
        "user Olga P | 102 | 0 | olga | -",
    ]

    private func read(
        _ database: String,
        _ tables: String,
        _ query: String
    ) throws -> (lines: [String], moments: Set<Int64?>) {
        let server = try TestMariaDB.shared()
        var connection = try Connection(Configuration(socket: server.socket, user: "root", password: ""))
        try connection.execute("create database \(database) character set utf8mb4")
        try connection.execute("use \(database)")
        for statement in tables.split(separator: ";") { try connection.execute(String(statement)) }
        let url = "mysql://root:@127.0.0.1:\(server.port)/\(database)"
        return try lines(try ContactDatabase(url: url, query: query))
    }

    @Test func djangoCRM() throws {
        let (lines, moments) = try read(
            "djangocrm",
            CRMTables.djangocrmOnMySQL,
            try CRMTables.preset("djangocrm.mysql")
        )
        #expect(
            lines == [
                "company ООО «Ромашка» | 8 (495) 298-08-15 | 0 | olga | -",
                "contact Anna Orlov | 8-916-2579240 доб. 12 | 1 | Petra Wolf & Co <K> | -",
                "lead Gone | 84951234567 | 102 | - | -",
                "lead Gone | 9161234567 | 100 | - | -",
                "user olga | - | - | - | 102",
            ]
        )
        #expect(moments == updated)
    }

    @Test func suiteCRM() throws {
        let (lines, moments) = try read("suitecrm", CRMTables.suitecrm, try CRMTables.preset("suitecrm"))
        #expect(
            lines == [
                "company ООО «Ромашка» | 8 (495) 298-08-15 | 0 | olga | -",
                "contact Anna Orlov | 8-916-2579240 доб. 12 | 1 | olga | -",
                "lead Gone | 84951234567 | 102 | - | -",
                "lead Gone | 9161234567 | 100 | - | -",
                "user Olga P | - | - | olga | 102",
            ]
        )
        #expect(moments == updated)
    }

    @Test func espoCRM() throws {
        let (lines, moments) = try read("espocrm", CRMTables.espocrmOnMySQL, try CRMTables.preset("espocrm"))
        #expect(lines == Self.espoCRM)
        #expect(moments == updated)
    }

    @Test func vtiger() throws {
        let (lines, moments) = try read("vtiger", CRMTables.vtiger, try CRMTables.preset("vtiger"))
        #expect(
            lines == [
                "company ООО «Ромашка» | 8 (495) 298-08-15 | 0 | olga | -",
                "contact Anna Orlov | 8-916-2579240 доб. 12 | 1 | olga | -",
                "lead Gone | 9161234567 | 100 | olga | -",
                "user Olga P | - | - | olga | 102",
            ]
        )
        #expect(moments == updated)
    }

    @Test func bodysErrorComesThrough() throws {
        struct Enough: Error {}
        let server = try TestMariaDB.shared()
        var source = try ContactDatabase(
            url: "mysql://root:@localhost/?socket=\(server.socket)",
            query: "select 1 as id, '89161234567' as phone"
        )
        #expect(throws: Enough.self) { try source.forEachContact { _ in throw Enough() } }
    }
}

@Suite struct ContactURLTests {
    @Test(arguments: ["http://x/y", "contacts.csv", ""])
    func otherSchemes(url: String) {
        #expect(throws: ExtractError.self) { try ContactDatabase(url: url, query: "select 1") }
    }

    @Test(arguments: ["mysql://h:port/d", "mysql://h/d?colour=red", "mysql://h%zz/d"])
    func brokenURLs(url: String) throws {
        var source = try ContactDatabase(url: url, query: "select 1")
        let error = #expect(throws: ExtractError.self) { try source.forEachContact { _ in } }
        #expect(error?.code == .noInput)
    }
}
