import Glibc
import Postgres
import Testing
import TestSupport

@testable import Reporting

@Suite("The user's own reports", .enabled(if: TestPostgres.shared != nil, "\(TestPostgres.reasonForAbsence)"))
struct OwnReportTests {
    private static let own = """
        -- title: Largest numbers
        -- description: Numbers up to a limit.
        -- parameter: limit integer = 3: How many.
        -- parameter: word text = null: A word.
        -- parameter: window_from timestamptz: First moment.
        -- column: number integer: N.
        -- column: half decimal: N / 2.
        -- column: at timestamp: When.
        -- column: word text: W.
        select n::bigint as number, n / 2.0 as half, :window_from + n * interval '1 hour' as at, :word as word
        from generate_series(1, :limit) as n;
        """

    private func definition(_ text: String) throws -> ReportDefinition {
        try ReportDefinition(name: "own", text: text, file: "own.sql")
    }

    @Test("parameters have defaults and take values")
    func parameters() async throws {
        try await Fixture.with { fixture in
            var request = ReportRequest.week47()
            let first = try fixture.result(try definition(Self.own), request)
            #expect(
                first.lines.map { $0["number", "half", "word"] } == [
                    ["1", "0.5", ""], ["2", "1.0", ""], ["3", "1.5", ""],
                ]
            )
            #expect(first.lines[0]["at"] == "2026-11-16T01:00:00+01:00")
            request.values = ["limit": "1", "word": "o'hara"]
            let second = try fixture.result(try definition(Self.own), request)
            #expect(second.lines.map { $0["number", "word"] } == [["1", "o'hara"]])
            for name in ["limt", "queue"] {
                request.values = [name: "1"]
                let error = #expect(throws: ReportError.self) { try fixture.result(try definition(Self.own), request) }
                #expect(error?.code == .parameter)
            }
            request.values = ["limit": "many"]
            #expect(throws: ReportError.self) { try fixture.result(try definition(Self.own), request) }
        }
    }

    @Test(
        "errors name the file",
        arguments: [
            // An SQL error, an undeclared column, a value of another kind, a parameter of another type.
            ("from generate_series", "form generate_series"), ("as word\n", "as wort\n"), ("n::bigint", "'x'"),
            ("window_from timestamptz", "window_from text"),
        ]
    )
    func faults(_ old: String, _ new: String) async throws {
        try await Fixture.with { fixture in
            let text = Self.own.replacing(old, with: new)
            let error = #expect(throws: ReportError.self) { try fixture.result(try definition(text), .week47()) }
            #expect(error?.code == .definition)
            #expect(error?.place?.file == "own.sql")
        }
    }

    @Test("a filter that a report does not know is noted")
    func unheeded() async throws {
        try await Fixture.with { fixture in
            var request = ReportRequest.week47()
            request.agent = "Alice"
            let notes = try fixture.result(ReportCatalogue().definition("queues"), request).notes
            #expect(notes.last == .notNarrowed(report: "queues", to: .agent))
            #expect(try fixture.result(ReportCatalogue().definition("agents"), request).notes.count == notes.count - 1)
        }
    }

    @Test("an error of SQL names the line")
    func line() async throws {
        try await Fixture.with { fixture in
            let text = Self.own.replacing("generate_series(1, :limit)", with: "generate_series(1, :limit) wher")
            let error = #expect(throws: ReportError.self) { try fixture.result(try definition(text), .week47()) }
            #expect(error?.place?.line == 11)
        }
    }

    @Test("a sum that does not hold fails the run")
    func check() async throws {
        let text = """
            -- title: Sums
            -- column: calls integer: All.
            -- column: answered integer: A.
            -- column: lost integer: L.
            -- check: calls = answered + lost
            select * from (values (3, 1, 2), (3, 2, null), (0, null, null)) as v (calls, answered, lost)
            """
        try await Fixture.with { fixture in
            let error = #expect(throws: ReportError.self) { try fixture.result(try definition(text), .week47()) }
            #expect(error?.code == .check)
            #expect(error?.message == "Report own, row 2: calls = answered + lost does not hold: 3 against 2 + 0.")
        }
    }

    @Test("nothing can be changed by a report")
    func readOnly() async throws {
        let text = """
            -- title: Change
            -- column: name text: N.
            delete from voip.pbx returning name
            """
        try await Fixture.with { fixture in
            #expect(throws: ReportError.self) { try fixture.result(try definition(text), .week47()) }
            let left = try fixture.connection.query("select 1 from voip.pbx").count
            #expect(left == 1)
        }
    }

    @Test("a failing report does not affect the others, in a run and in a book")
    func failsAlone() async throws {
        try await Fixture.with { fixture in
            let catalogue = try ReportCatalogue()
            let definitions = try [
                definition(Self.own.replacing("from generate_series", with: "form generate_series")),
                catalogue.definition("queues"), definition(Self.own.replacing("n::bigint", with: "'x'")),
                catalogue.definition("calls"),
            ]
            let runner = ReportRunner(.week47(), reader: fixture.reader)
            let outcome = try runner.runAll(definitions, on: fixture.connection)
            #expect(outcome.results.map(\.definition.name) == ["queues", "calls"])
            #expect(outcome.failures.map(\.name) == ["own", "own"])
            #expect(outcome.failures.allSatisfy { $0.error.code == .definition })
            let book = try runner.book(definitions, from: catalogue, on: fixture.connection)
            #expect(book.results.map(\.definition.name) == ["queues", "calls"] && book.failures.count == 2)
            #expect(throws: ReportError.self) {
                try runner.book([definitions[0]], from: catalogue, on: fixture.connection)
            }
        }
    }

    @Test("an unknown report is an error with a suggestion")
    func unknown() throws {
        let error = #expect(throws: ReportError.self) { try ReportCatalogue().definition("queus") }
        #expect(error?.code == .unknownReport)
        #expect(
            error?.message
                == """
                Unknown report queus; did you mean queues? Available: agents, agents-needed, calls, dids, first-contact, \
                hours, lost-calls, lost-visits, outbound, pauses, queues, repeat-callers, rings, trunks, unmatched.
                """
        )
    }

    @Test("a file of a built-in report's name wins, another one is added, a bad one fails alone")
    func directory() throws {
        var template = Array("/tmp/reports.XXXXXX".utf8CString)
        try #require(mkdtemp(&template) != nil)
        let folder = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        func write(_ name: String, _ text: String) throws {
            let file = try #require(fopen("\(folder)/\(name)", "w"))
            fputs(text, file)
            fclose(file)
        }
        defer {
            for name in ["calls.sql", "own.sql", "bad.sql", "notes.txt"] { unlink("\(folder)/\(name)") }
            rmdir(folder)
        }
        try write("calls.sql", Self.own)
        try write("own.sql", Self.own)
        try write("notes.txt", "not a report")
        let catalogue = try ReportCatalogue(directory: folder)
        #expect(
            catalogue.definitions.map(\.name) == [
                "agents", "agents-needed", "calls", "dids", "first-contact", "hours", "lost-calls", "lost-visits",
                "outbound", "own", "pauses", "queues", "repeat-callers", "rings", "trunks", "unmatched",
            ]
        )
        #expect(try catalogue.definition("calls").title == "Largest numbers")
        #expect(try catalogue.definition("calls").file == "\(folder)/calls.sql")
        try write("bad.sql", "-- title: Bad\n-- colum: a text: A.\nselect 1")
        let second = try ReportCatalogue(directory: folder)
        #expect(
            second.definitions.map(\.name) == [
                "agents", "agents-needed", "calls", "dids", "first-contact", "hours", "lost-calls", "lost-visits",
                "outbound", "own", "pauses", "queues", "repeat-callers", "rings", "trunks", "unmatched",
            ]
        )
        #expect(second.broken.map(\.name) == ["bad"])
        let error = #expect(throws: ReportError.self) { try second.definition("bad") }
        #expect(error.map { "\($0)".hasPrefix("\(folder)/bad.sql:2: ") } == true)
        // A broken file does not fall back to the report that it was meant to replace.
        try write("calls.sql", "select 1")
        #expect(throws: ReportError.self) { try ReportCatalogue(directory: folder).definition("calls") }
        #expect(throws: ReportError.self) { try ReportCatalogue(directory: "\(folder)/missing") }
    }
}
