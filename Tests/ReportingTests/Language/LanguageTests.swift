import Base
import Testing

@testable import Reporting

/// What people read of a report in another language. The expected texts were written down before the code ran.
@Suite struct LanguageTests {
    private func inGerman<Result>(_ body: () throws -> Result) rethrows -> Result {
        try Language.$current.withValue(.german, operation: body)
    }

    private func inRussian<Result>(_ body: () throws -> Result) rethrows -> Result {
        try Language.$current.withValue(.russian, operation: body)
    }

    private static let header = """
        queue text: Q.
        answered integer: A.
        answered_pct percent "answered, % of offered": P.
        status text: S.
        failed integer: F.
        """
    private static let rows = [["sales", "12", "97.5", "called_back", "0"], ["lager", "1", "50.0", "open", "0"]]

    @Test func `a table is German with decimal commas and its own dates`() throws {
        let result = try Sample.result(Self.header, Self.rows, notes: [.lostWithoutNumber(3)])
        let text = inGerman { String(decoding: TableRenderer().render([result]), as: UTF8.self) }
        #expect(
            text == """
                Sample  16.11.2026 – 22.11.2026 Europe/Berlin

                                             angenommen,
                                                       %
                                                     der
                Warteschlange  angenommen  eingegangenen  Status
                ─────────────  ──────────  ─────────────  ─────────────
                sales                  12           97,5  zurückgerufen
                lager                   1           50,0  offen

                Alles 0 oder leer: fehlgeschlagen

                Hinweis: 3 verlorene Anrufe haben keine Nummer und können nicht zurückgerufen werden.

                """
        )
    }

    @Test func `columns are aligned in Russian too`() throws {
        let result = try Sample.result(Self.header, Self.rows)
        let lines = inRussian { String(decoding: TableRenderer().render([result]), as: UTF8.self) }
            .split(separator: "\n", omittingEmptySubsequences: false)
        let blanks = String(repeating: " ", count: 21)
        #expect(
            lines[2...8] == [
                "\(blanks)принято,", "\(blanks)       %", "\(blanks)      от",
                "очередь  принято  поступивших  статус", "───────  ───────  ───────────  ───────────",
                "sales         12         97,5  перезвонили", "lager          1         50,0  открыт",
            ]
        )
    }

    @Test func `JSON is English in every language`() throws {
        let result = try Sample.result(Self.header, Self.rows, title: "Queues", notes: [.noData])
        let english = JSONRenderer().render([result])
        #expect(inRussian { JSONRenderer().render([result]) } == english)
        #expect(inRussian { result.json.text() } == result.json.text())
        #expect(inRussian { result.definition.title } == "Очереди")
    }

    @Test func `CSV keeps its names, its words and its forms in every language`() throws {
        let result = try Sample.result(Self.header, Self.rows)
        #expect(inGerman { CSVRenderer().render(result) } == CSVRenderer().render(result))
    }

    @Test func `CSV for spreadsheets has what a German, a Russian and an English one reads`() throws {
        let result = try Sample.result(
            "name text: N.\nshare percent: S.\ncalls integer: C.\nat timestamp: A.",
            [["a;b", "2.5", "1200", "2026-11-28 14:30:05+01"], ["c,d", "-0.5", "0", nil]]
        )
        func text() -> String {
            String(decoding: CSVRenderer.forSpreadsheets.render(result).dropFirst(3), as: UTF8.self)
        }
        let local = "name;share;calls;at\r\n\"a;b\";2,5;1200;28.11.2026 14:30:05\r\nc,d;-0,5;0;\r\n"
        #expect(inGerman(text) == local)
        #expect(inRussian(text) == local)
        #expect(text() == "name,share,calls,at\r\na;b,2.5,1200,2026-11-28 14:30:05\r\n\"c,d\",-0.5,0,\r\n")
        #expect(inGerman { CSVRenderer.forSpreadsheets.render(result) }.starts(with: [0xEF, 0xBB, 0xBF]))
    }

    @Test func `a decimal comma between commas is quoted`() throws {
        let result = try Sample.result("share percent: S.\ncalls integer: C.", [["2.5", "1"]])
        let text = String(decoding: CSVRenderer(decimal: ",").render(result), as: UTF8.self)
        #expect(text == "share,calls\r\n\"2,5\",1\r\n")
    }

    @Test func `dates have the form of the language`() throws {
        let window = try Sample.window()
        let day = CalendarDay(year: 2026, month: 3, day: 5)
        #expect(Words.title(window) == "Week 47 of 2026")
        #expect(inGerman { Words.title(window) } == "Kalenderwoche 47, 2026")
        #expect(inRussian { Words.title(window) } == "Неделя 47, 2026 год")
        #expect(Words.days(window) == "Mon 16 Nov – Sun 22 Nov 2026")
        #expect(inGerman { Words.days(window) } == "Mo 16. Nov – So 22. Nov 2026")
        #expect(inRussian { Words.days(window) } == "пн 16 ноя – вс 22 ноя 2026")
        #expect(inGerman { Words.date(day) } == "05.03.2026")
        #expect(inGerman { Words.day(day) } == "Do 5. Mär")
        #expect(inRussian { Words.tick(day, .month, of: 12) } == "мар")
        #expect(inGerman { Words.signed(-3.25) } == "−3,3")
        #expect(inGerman { Words.signed(0) } == "±0,0")
    }

    @Test func `notes have the plural forms of the language`() {
        func text(_ count: Int64) -> String { ReportNote.callsWithoutVisit(count).text }
        #expect(text(1).hasPrefix("1 call has a queue leg in the CDRs but no visit"))
        #expect(text(2).hasPrefix("2 calls have a queue leg in the CDRs but no visit"))
        #expect(inGerman { text(1) }.hasPrefix("1 Anruf hat in den CDRs einen Abschnitt"))
        #expect(inGerman { text(2) }.hasPrefix("2 Anrufe haben in den CDRs einen Abschnitt"))
        #expect(inRussian { text(1) }.hasPrefix("У 1 звонка в CDR"))
        #expect(inRussian { text(21) }.hasPrefix("У 21 звонка в CDR"))
        #expect(inRussian { text(22) }.hasPrefix("У 22 звонков в CDR"))
    }

    @Test func `days in notes are a list of days and ranges`() {
        func day(_ day: Int) -> CalendarDay { CalendarDay(year: 2026, month: 11, day: day) }
        let note = ReportNote.emptyDays([.init(first: day(18), last: day(18)), .init(first: day(20), last: day(22))])
        #expect(note.text == "No calls and no queue events on 2026-11-18, 2026-11-20 to 2026-11-22.")
        #expect(
            inGerman { note.text }
                == "Keine Anrufe und keine Ereignisse von Warteschlangen: 18.11.2026, 20.11.2026 bis 22.11.2026."
        )
    }

    @Test func `a user's own report keeps its words`() throws {
        let result = try Sample.result("colour text \"colour of the day\": Which.", [["red"], ["blue"]])
        let text = inGerman { String(decoding: TableRenderer().render([result]), as: UTF8.self) }
        #expect(text.contains("Sample  ") && text.contains("colour of the") == false && text.contains("\nred\nblue\n"))
        #expect(inGerman { Words.cell(.text("my_state"), result.columns[0]) } == "my_state")
    }
}
