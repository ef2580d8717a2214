import Alerts
import Base
import Reporting
import Services
import Testing

@testable import Serve

/// A language whose phrases are in brackets, so that a text that is not a phrase stands out.
@Suite struct UntranslatedTests {
    private static let pseudo = Language("qps", "Pseudo", decimalSeparator: ",", .oneOrOther) { key in
        ["⟦\(key.text)⟧", "⟦\(key.plural ?? key.text)⟧"]
    }

    /// Words that are not the program's: its name, names of the fixtures, and what every language has.
    private static let data: Set<String> = [
        "crm-voip", "Pseudo", "English", "Deutsch", "Русский", "CSV", "XLSX", "JSON", "UTC", "main", "support", "sales",
        "ringall", "Anna", "Bob", "Carol", "Berta", "Kunde", "lunch", "PJSIP", "admin", "rule", "queue", "long-wait",
    ]

    @Test(arguments: [
        "/wall", "/queues", "/agents", "/calls", "/lost-calls", "/history", "/reports", "/reports/rows", "/alerts",
        "/alerts/silences", "/health", "/audit", "/orders/member?interface=x1", "/orders/queue?queue=x1",
        "/orders/call?call=x1", "/login", "/language", "/nothing", "/history/1", "/reports?month=2026-13",
        "/audit?days=x1", "/lost-calls?state=x1",
    ])
    func `nothing on a page is outside the catalogue`(target: String) async throws {
        var application = try RealApplication(openRole: .admin, hasPBX: true).application
        application.languages = LanguageChoice(installed: Self.pseudo)
        let response = await application.answer(try Fixture.request(.get, target, [("Accept", "text/html")]))
        let html = String(decoding: response.bytes, as: UTF8.self)
        #expect(html.contains("<html lang=\"qps\""))
        #expect(Self.words(html) == [], "\(target)")
    }

    @Test(arguments: [true, false])
    func `nothing on a live page is outside the catalogue`(isConnected: Bool) {
        Language.$current.withValue(Self.pseudo) {
            for page in LivePage.all {
                let view = page.view(LiveFixture.input(.admin, isConnected: isConnected))
                #expect(Self.words(view.main.html) == [], "\(page.place)")
                #expect(view.title.hasPrefix("⟦"))
            }
        }
    }

    @Test func `nothing in the forms of orders is outside the catalogue`() {
        Language.$current.withValue(Self.pseudo) {
            let input = LiveFixture.input(.admin)
            let view = OrderView(states: input.states, identity: input.identity, token: "", back: "/")
            for markup in [view.member("PJSIP/102"), view.queue("support"), view.queue("x1"), view.call("x1")] {
                #expect(Self.words(markup.html) == [])
            }
        }
    }

    @Test func `what is outside the catalogue is found`() {
        let html = """
            <p title="bad">⟦good ⟦nested⟧ {1}⟧ <b>wrong</b> 4:05 +49170</p><style>p {}</style><p lang="en">details</p>
            """
        #expect(Self.words(html) == ["bad", "wrong"])
    }

    /// Words of texts and of attributes that people read, outside brackets and apart from ``data``.
    private static func words(_ html: String) -> [String] {
        let (texts, attributes) = PageTexts.of(html)
        var found: [String] = []
        for text in attributes + [texts] {
            var depth = 0
            var outside = ""
            for character in text.replacing("&lt;b&gt;", with: " ").replacing("&lt;/b&gt;", with: " ").replacing(
                "&nbsp;",
                with: " "
            ) {
                if character == "⟦" { depth += 1 }
                if depth == 0 { outside.append(character) }
                if character == "⟧" { (depth, outside) = (depth - 1, outside + " ") }
            }
            let words = outside.split { !$0.isLetter && !$0.isNumber && $0 != "-" }.map(String.init)
            found += words.filter { word in
                word.allSatisfy { $0.isLetter || $0 == "-" } && word.contains(where: \.isLetter)
            }
        }
        return found.filter { !data.contains($0) }
    }
}

/// What people read on a page.
private enum PageTexts {
    private static let attributes = ["title", "aria-label", "placeholder", "data-label", "data-silent", "data-refused"]

    /// The text between the tags, and the values of attributes.
    static func of(_ html: String) -> (text: String, attributes: [String]) {
        var text = ""
        var values: [String] = []
        // The name of an element that is left out, and how deeply elements of the name are nested in it.
        var skipped: (name: String, depth: Int)?
        for part in html.split(separator: "<", omittingEmptySubsequences: false).dropFirst() {
            let tag = part.prefix { $0 != ">" }
            let rest = part.dropFirst(tag.count + 1)
            let name = String(tag.drop { $0 == "/" }.prefix { $0.isLetter || $0.isNumber })
            if let (outer, depth) = skipped {
                if name == outer { skipped = (outer, depth + (tag.hasPrefix("/") ? -1 : 1)) }
                if skipped?.depth == 0 {
                    skipped = nil
                    text += " \(rest)"
                }
                continue
            }
            if ["style", "script", "code"].contains(name) && !tag.contains(" src=") || tag.contains(" lang=\"en\"") {
                skipped = (name, 1)
                continue
            }
            for attribute in attributes {
                guard let start = tag.firstRange(of: " \(attribute)=\"") else { continue }
                values.append(String(tag[start.upperBound...].prefix { $0 != "\"" }))
            }
            text += " \(rest)"
        }
        return (text, values)
    }
}
