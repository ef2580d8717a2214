import Testing

@testable import Reporting

@Suite("A report's file")
struct HeaderTests {
    private static let good = """
        -- title: Busy numbers
        -- description: Who calls most,
        --   by number.
        --
        -- Any other comment is one.
        -- parameter: window_from timestamptz: First moment.
        -- parameter: least integer = 3: At least so many calls.
        -- parameter: owner text = null: Only this owner's.
        -- column: number text: The number.
        -- column: calls integer: All calls.
        -- column: answered integer: Answered ones.
        -- column: lost integer: The others.
        -- check: calls = answered + lost

        select number, calls, answered, lost  -- not :a_parameter
        from busy where at >= :window_from and calls >= :least and (:owner is null or owner = :owner);
        """

    @Test("title, columns, parameters, checks and the statement")
    func reads() throws {
        let report = try ReportDefinition(name: "busy", text: Self.good, file: "busy.sql")
        #expect(report.title == "Busy numbers")
        #expect(report.description == "Who calls most, by number.")
        #expect(report.columns.map(\.name) == ["number", "calls", "answered", "lost"])
        #expect(report.columns.map(\.kind) == [.text, .integer, .integer, .integer])
        #expect(report.parameters.map(\.name) == ["window_from", "least", "owner"])
        #expect(report.parameters.map(\.defaultValue) == [.required, .value("3"), .null])
        #expect(report.checks.map(\.description) == ["calls = answered + lost"])
        #expect(
            report.statement.text == """
                select number, calls, answered, lost  -- not :a_parameter
                from busy where at >= $1::timestamptz and calls >= $2::integer and ($3::text is null or owner = $3::text)
                """
        )
        #expect(report.statement.names == ["window_from", "least", "owner"])
    }

    struct Fault: Sendable, CustomTestStringConvertible {
        /// A text and its replacement, and the line on which the error is reported.
        let old: String
        let new: String
        let line: Int

        var testDescription: String { new.isEmpty ? "without \(old)" : new }
    }

    @Test(
        "faults name the file and the line",
        arguments: [
            Fault(old: "-- title: Busy numbers", new: "--", line: 1),
            Fault(old: "-- description", new: "-- descriptoin", line: 2),
            Fault(old: "-- description", new: "-- title", line: 2),
            Fault(old: "least integer", new: "least int", line: 7),
            Fault(old: "owner text = null: Only", new: "least text: Only", line: 8),
            Fault(old: "number text: The number.", new: "number text", line: 9),
            Fault(old: "number text: The number.", new: "number string: The number.", line: 9),
            Fault(old: "calls integer: All", new: "number integer: All", line: 10),
            Fault(old: "calls = answered + lost", new: "calls > answered", line: 13),
            Fault(old: "calls = answered + lost", new: "calls = answered + missing", line: 13),
            Fault(old: "calls = answered + lost", new: "calls = number + lost", line: 13),
            Fault(old: "calls >= :least", new: "calls >= :leest", line: 16),
        ]
    )
    func faults(_ fault: Fault) {
        let text = Self.good.replacing(fault.old, with: fault.new)
        let error = #expect(throws: ReportError.self) {
            try ReportDefinition(name: "busy", text: text, file: "/etc/reports/busy.sql")
        }
        #expect(error?.code == .definition)
        #expect(error?.place?.file == "/etc/reports/busy.sql")
        #expect(error?.place?.line == fault.line)
        #expect(error.map { "\($0)".hasPrefix("/etc/reports/busy.sql:\(fault.line): ") } == true)
    }

    @Test(
        "a header without a statement, and no header at all",
        arguments: ["-- title: A\n-- column: a text: A.\n", "select 1", ""]
    )
    func incomplete(_ text: String) {
        let error = #expect(throws: ReportError.self) { try ReportDefinition(name: "a", text: text, file: "a.sql") }
        #expect(error?.code == .definition)
    }

    @Test("the reports of the binary are read, and have the contract's columns")
    func embedded() throws {
        let reports = try ReportCatalogue().definitions
        #expect(
            reports.map(\.name) == [
                "agents", "agents-needed", "calls", "dids", "first-contact", "hours", "lost-calls", "lost-visits",
                "outbound",
                "pauses", "queues", "repeat-callers", "rings", "trunks", "unmatched",
            ]
        )
        let columns = Dictionary(
            uniqueKeysWithValues: reports.map { ($0.name, $0.columns.map(\.name).joined(separator: ", ")) }
        )
        #expect(
            columns["queues"] == """
                period_start, period_end, timezone, queue, offered, answered, abandoned, abandoned_short, timed_out, \
                exit_key, exit_empty, withdrawn, unserved, in_progress, answered_pct, abandoned_pct, service_level_s, \
                service_level_variant, service_level_pct, asa_s, wait_avg_s, wait_p50_s, wait_p90_s, wait_max_s, \
                abandon_wait_avg_s, talk_total_s, talk_avg_s, aht_s, transferred, unique_callers, source, pbx, lost, \
                not_served
                """
        )
        #expect(
            columns["agents"] == """
                period_start, period_end, timezone, agent, extension, queues, login_s, pause_s, available_s, ring_s, \
                talk_s, wrap_s, offered, answered, ring_no_answer, ring_no_answer_s, answered_pct, transferred, \
                outbound_calls, outbound_talk_s, aht_s, occupancy_pct, utilisation_pct, calls_per_hour, first_login, \
                last_logout, session_source, pbx
                """
        )
        #expect(
            columns["calls"] == """
                period_start, period_end, timezone, direction, calls, answered, no_answer, busy, failed, \
                answered_pct, talk_total_s, talk_avg_s, unique_numbers, matched, matched_pct, pbx
                """
        )
        #expect(
            columns["lost-calls"] == """
                status, caller, caller_e164, contact_kind, contact_id, contact_name, owner, queue, tries, lost_at, \
                last_lost_at, called_back_by, called_back_at, claimed_by, claimed_at, done_by, done_at, note, timezone, \
                pbx, linkedid
                """
        )
        #expect(
            columns["lost-visits"] == """
                lost_at, timezone, queue, outcome, wait_s, caller, caller_e164, contact_kind, contact_id, \
                contact_name, owner, attempts, called_back_at, called_back_by, callback_delay_s, status, pbx, linkedid
                """
        )
        #expect(
            columns["unmatched"]
                == "number_e164, calls, inbound, outbound, talk_total_s, first_call_at, last_call_at, pbx"
        )
    }
}

@Suite("Named parameters of a statement")
struct NamedStatementTests {
    @Test(
        "a colon is a parameter only in code",
        arguments: [
            ("select :a, :b, :a", "select $1::text, $2::text, $1::text"),
            ("select x::text, :a::int", "select x::text, $1::text::int"),
            ("select ':a'':a', \":a\", :a", "select ':a'':a', \":a\", $1::text"),
            ("select E'\\':a', e'\\\\', :a", "select E'\\':a', e'\\\\', $1::text"),
            ("select 'a\\', :a", "select 'a\\', $1::text"),
            ("select name'\\', :a", "select name'\\', $1::text"),
            ("-- :a\nselect :a /* :a /* :a */ :a */ , :b", "-- :a\nselect $1::text /* :a /* :a */ :a */ , $2::text"),
            ("select $$ :a $$, $x$ :a $$ $x$, :a", "select $$ :a $$, $x$ :a $$ $x$, $1::text"),
            ("select a[1:2], :a", "select a[1:2], $1::text"),
            ("select $1, :a", "select $1, $1::text"),
            ("select 1 :a", "select 1 $1::text"),
            ("select ':a", "select ':a"),
        ]
    )
    func replaces(_ source: String, _ expected: String) throws {
        let statement = try NamedStatement(source, types: ["a": .text, "b": .text])
        #expect(statement.text == expected)
    }

    @Test("a name that nobody declared is an error with its line")
    func undeclared() {
        let error = #expect(throws: NamedStatement.UndeclaredName.self) {
            try NamedStatement("select\n1,\n:c", types: [:])
        }
        #expect(error?.name == "c")
        #expect(error?.line == 2)
    }
}
