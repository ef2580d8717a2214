import Base
import FoundationEssentials
import Reporting
import Testing
import TestSupport

@testable import Serve
@testable import Services

/// A caller chooses the name that their phone sends, so it may be anything.
@Suite struct CallerNameTests {
    /// Names, and how they have to be written in HTML.
    private static let names: [(name: String, html: String)] = [
        ("<img src=x onerror=alert(1)>", "&lt;img src=x onerror=alert(1)&gt;"),
        ("</td><script>alert(1)</script>", "&lt;/td&gt;&lt;script&gt;alert(1)&lt;/script&gt;"),
        ("\"';-- onclick=alert(1) x=\"", "&quot;&#39;;-- onclick=alert(1) x=&quot;"),
        ("&lt;b&gt; &amp; &#60;", "&amp;lt;b&amp;gt; &amp;amp; &amp;#60;"), ("🦊📞", "🦊📞"), ("أحمد שלום", "أحمد שלום"),
        (String(repeating: "Ж", count: 300), String(repeating: "Ж", count: 300)),
    ]

    /// The elements of a page with the names of their attributes: what a browser makes of it, without any text.
    private static func elements(_ html: String) -> [String] {
        var elements: [String] = []
        var rest = Substring(html)
        while let start = rest.firstIndex(of: "<") {
            rest = rest[start...]
            var (element, quote): (String, Character?) = ("", nil)
            var length = 0
            for character in rest {
                length += 1
                if let open = quote {
                    if character == open { quote = nil }
                } else if character == "\"" || character == "'" {
                    quote = character
                } else {
                    element.append(character)
                    if character == ">" { break }
                }
            }
            elements.append(element)
            rest = rest.dropFirst(length)
        }
        return elements
    }

    private static let paths = [
        "/queues", "/calls", "/agents", "/wall", "/orders/queue?pbx=main&queue=support",
        "/orders/call?pbx=main&call=1.1",
    ]

    /// The paths that show a caller's name.
    private static let naming = ["/queues", "/calls"]

    @Test(arguments: names, [false, true])
    func `a name is text on every page that shows callers`(
        name: (name: String, html: String),
        isContact: Bool
    ) async throws {
        let real = try RealApplication(openRole: .admin, hasPBX: true)
        func html(_ path: String, _ shown: String) async throws -> String {
            CallerScene.show(isContact ? "Plain" : shown, contact: isContact ? shown : nil, on: real)
            let request = try Fixture.request(.get, path, [("Accept", "text/html")])
            let response = await real.application.answer(request)
            #expect(response.status == .ok, "\(path)")
            return String(decoding: response.bytes, as: UTF8.self)
        }
        for path in Self.paths {
            let text = try await html(path, name.name)
            #expect(Self.elements(text) == Self.elements(try await html(path, "Ordinary")), "\(path)")
            #expect(text.contains(name.html) == Self.naming.contains(path), "\(path)")
        }
        for path in Self.naming {
            CallerScene.show(isContact ? "Plain" : name.name, contact: isContact ? name.name : nil, on: real)
            let request = try Fixture.request(.get, "/events\(path)")
            let stream = await CallerScene.bytes(of: await real.application.answer(request))
            let line = try #require(stream.split(separator: "\n").first { $0.hasPrefix("data: ") }).dropFirst(6)
            struct Event: Decodable { var html: String }
            let event = try JSONDecoder().decode(Event.self, from: Data(line.utf8))
            #expect(event.html.contains(name.html), "\(path)")
            #expect(name.name == name.html || !event.html.contains(name.name), "\(path)")
        }
    }

    @Test(arguments: names) func `a program receives the name as it is`(name: (name: String, html: String)) async throws
    {
        let real = try RealApplication(openRole: .lead, accounts: Self.accounts(), hasPBX: true)
        struct Answer: Decodable { var queues: [Queue] }
        struct Queue: Decodable { var callers: [Caller] }
        struct Caller: Decodable { var name: String, contact_name: String? }
        CallerScene.show(name.name, contact: name.name, on: real)
        let head = [("Authorization", "Bearer cv_a_\(Self.secret)")]
        let response = await real.application.answer(try Fixture.request(.get, "/api/v1/queues", head))
        #expect(response.headers["Content-Type"] == "application/json")
        let caller = try JSONDecoder().decode(Answer.self, from: Data(response.bytes)).queues.first?.callers.first
        #expect(caller?.name == name.name && caller?.contact_name == name.name)
    }

    private static let secret = String(repeating: "ab", count: 32)

    private static func accounts() throws -> Accounts {
        let hash = try #require(PasswordHash(randomSecret: secret))
        var accounts = Accounts()
        accounts.tokens = [
            .init(id: "a", name: "a", role: .lead, scopes: [.read], secret: hash, expires: .init(2_000_000))
        ]
        return accounts
    }

    @Test(arguments: names) func `a name is text in the list of lost calls`(name: (name: String, html: String)) {
        func html(_ shown: String) -> String {
            var loss = LostCallerFold.Loss(pbx: shown, key: "491701234567", number: shown, lostAt: 900)
            loss.contact = CallerNames.Contact(kind: "lead", id: shown, name: shown, owner: shown)
            (loss.queue, loss.linkedid) = (shown, shown)
            let callers = LostCallerFold.callers([loss], [:])
            return LostCallsView(
                list: CallbackWorklist(callers: callers, withoutNumber: 0, days: 7, zone: .utc),
                role: .admin,
                user: shown,
                query: "",
                token: "",
                dialled: { _ in shown }
            ).markup.html
        }
        let text = html(name.name)
        #expect(Self.elements(text) == Self.elements(html("Ordinary")))
        #expect(text.contains("<strong>\(name.html)</strong>"))
        #expect(name.name == name.html || !text.contains(name.name))
    }
}
