import Glibc
import Postgres
import Testing
import TestSupport
import Warehouse

@testable import Reporting

/// A warehouse filled from readable tables in a test.
struct Fixture: ~Copyable {
    let connection: Connection
    /// A login that may only read the warehouse; the fixture's own login is a superuser.
    let reader: Address

    /// An empty warehouse with one PBX in Berlin, for the duration of `body`.
    static func with(_ body: (borrowing Fixture) throws -> Void) async throws {
        let server = try #require(TestPostgres.shared)
        try await server.withDatabaseAddress { address in
            let connection = try Connection(address)
            let database = connection.database
            let fixture = Fixture(
                connection: connection,
                reader: .socket(directory: server.folder, port: 5432, user: Self.readerName, database: database)
            )
            try Migrator().migrate(fixture.connection)
            try fixture.connection.execute(
                """
                do $$ begin
                    create role \(Self.readerName) login in role voip_reader;
                exception when duplicate_object or unique_violation then null;
                end $$
                """
            )
            try fixture.connection.execute("insert into voip.pbx (name, timezone) values ('main', 'Europe/Berlin')")
            try body(fixture)
        }
    }

    private static let readerName = "voip_reader_of_tests"

    /// Inserts rows: columns by the heading, cells between bars; an empty cell is NULL, '' an empty text. `constants`
    /// fill columns with the same value in every row.
    borrowing func insert(_ table: String, _ constants: [(String, String)] = [], _ text: String) throws {
        let lines = text.split(separator: "\n").map { line in
            line.split(separator: "|", omittingEmptySubsequences: false).map(\.trimmed)
        }
        let names = lines[0] + constants.map(\.0)
        for line in lines.dropFirst() {
            try #require(line.count == lines[0].count, "\(line)")
            let values = line.map { $0.isEmpty ? nil : $0 == "''" ? "" : $0 } + constants.map(\.1)
            let places = values.indices.map { "$\($0 + 1)" }.joined(separator: ", ")
            try connection.query(
                "insert into voip.\(table) (\(names.joined(separator: ", "))) values (\(places))",
                values.map { Parameter.text($0) }
            ).discard()
        }
    }

    /// Visits of the first PBX. `entered_at`, `left_at` and so on are local times in Berlin unless stated otherwise.
    borrowing func visits(_ text: String, source: String = "queue_log") throws {
        try insert("queue_visit", [("pbx_id", "1"), ("entry", "1"), ("source", source)], text)
    }

    /// Runs one report and returns its rows by column name.
    borrowing func report(_ name: String, _ request: ReportRequest) throws -> [Line] {
        let catalogue = try ReportCatalogue()
        return try result(catalogue.definition(name), request).lines
    }

    borrowing func result(_ definition: ReportDefinition, _ request: ReportRequest) throws -> ReportResult {
        // As the loader does.
        try connection.execute(
            """
            update voip.queue_visit as v set call_id = c.call_id
            from voip.cdr as c where c.uniqueid = v.callid and c.pbx_id = v.pbx_id
            """
        )
        return try ReportRunner(request, reader: reader).run([definition], on: connection)[0]
    }
}

extension Rows {
    consuming func discard() {}
}

/// A row of a report, as a reader of its CSV sees it.
struct Line {
    let cells: [String: String]

    subscript(_ name: String) -> String { cells[name] ?? "no such column" }

    /// Some cells, in the order of these names.
    subscript(_ names: String...) -> [String] { names.map { self[$0] } }
}

extension ReportResult {
    var lines: [Line] { rows.map(line) }

    /// The row of totals.
    var totalLine: Line? { total.map(line) }

    private func line(_ row: [ReportCell]) -> Line {
        Line(
            cells: Dictionary(
                uniqueKeysWithValues: zip(columns, row).map { column, cell in
                    switch cell {
                    case .empty: (column.name, "")
                    case .text(let text): (column.name, text)
                    case .moment(let moment): (column.name, moment.description)
                    case .integer, .tenths: (column.name, cell.number ?? "")
                    }
                }
            )
        )
    }
}

extension ReportRequest {
    /// The week of 2026-11-16 in Berlin, seen from the Monday after it.
    static func week47(_ interval: ReportInterval = .total) -> ReportRequest {
        var request = ReportRequest(window: .lastWeek, interval: interval, timeZone: "Europe/Berlin")
        request.now = "2026-11-23 02:00:00+01"
        return request
    }
}
