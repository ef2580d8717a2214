import Base
import Synchronization
import Testing

@testable import Serve

/// In which language a request is answered, and how a person chooses another.
@Suite struct LanguageChoiceTests {
    @Test(
        arguments: [
            ("de", .german), ("de-AT,de;q=0.9,en;q=0.8", .german), ("en-GB,en;q=0.9,de;q=0.8", .english),
            ("fr-CH, fr;q=0.9, ru;q=0.8, de;q=0.7, *;q=0.5", .russian), ("fr", nil), ("ru;q=0", nil), ("", nil),
            ("de;q=0.3, ru;q=0.7", .russian), ("de;q=x", nil), (";;,,-", nil),
        ] as [(String, Language?)]
    )
    func `the browser's best language is used`(header: String, expected: Language?) {
        #expect(LanguageChoice.preferred(header) == expected)
    }

    @Test(
        arguments: [
            ("/queues", nil, nil, "", .english),
            ("/queues", nil, "de", "", .german),
            ("/queues", .russian, "de", "", .russian),
            ("/queues", .russian, "de", "crm_voip_language=de", .german),
            ("/queues", .russian, nil, "crm_voip_language=xx", .russian),
            ("/wall?language=de", .russian, nil, "crm_voip_language=en", .german),
            ("/events/wall?language=de", .russian, nil, "", .german),
            ("/wall?language=xx", .russian, nil, "", .russian),
            ("/api/v1/queues", .russian, "de", "crm_voip_language=de", .english),
            ("/metrics", .russian, "de", "", .english),
        ] as [(String, Language?, String?, String, Language)]
    )
    func `a person's choice comes before the installation's language and the browser's`(
        target: String,
        installed: Language?,
        browser: String?,
        cookie: String,
        expected: Language
    ) throws {
        let headers = [("Accept-Language", browser), ("Cookie", cookie)].compactMap { name, value in
            value.map { (name, $0) }
        }
        let request = try Fixture.request(.get, target, headers)
        #expect(LanguageChoice(installed: installed).language(for: request) == expected)
    }

    @Test func `who chooses a language gets all pages in it`() async throws {
        let application = try RealApplication(openRole: .viewer).application
        let choice = try Fixture.request(
            .post,
            "/language/choose",
            [("Content-Type", "application/x-www-form-urlencoded"), ("Sec-Fetch-Site", "same-origin")],
            body: "code=ru"
        )
        let response = await application.answer(choice)
        #expect(response.status == .seeOther)
        let cookie = try #require(response.headers["Set-Cookie"])
        #expect(cookie.hasPrefix("crm_voip_language=ru; Path=/; HttpOnly; SameSite=Strict; Max-Age="))
        let page = try Fixture.request(.get, "/agents", [("Cookie", String(cookie.prefix { $0 != ";" }))])
        let html = String(decoding: await application.answer(page).bytes, as: UTF8.self)
        #expect(html.contains("<html lang=\"ru\""))
        #expect(html.contains("<h1>Операторы</h1>"))
    }

    @Test func `an unknown language is refused`() async throws {
        let application = try RealApplication(openRole: .viewer).application
        let choice = try Fixture.request(
            .post,
            "/language/choose",
            [("Content-Type", "application/x-www-form-urlencoded"), ("Sec-Fetch-Site", "same-origin")],
            body: "code=%3Cb%3E"
        )
        let response = await application.answer(choice)
        #expect(response.status == .badRequest)
        #expect(response.headers["Set-Cookie"] == nil)
    }

    @Test func `programs are told of failures in English, people in their language`() async throws {
        var application = try RealApplication(openRole: .viewer).application
        application.languages = LanguageChoice(installed: .german)
        let page = await application.answer(try Fixture.request(.get, "/nothing", [("Accept", "text/html")]))
        #expect(page.status == .notFound)
        #expect(String(decoding: page.bytes, as: UTF8.self).contains("Unter der Adresse /nothing gibt es nichts."))
        let program = await application.answer(try Fixture.request(.get, "/nothing"))
        #expect(String(decoding: program.bytes, as: UTF8.self).contains("There is nothing at the address /nothing."))
    }

    @Test func `events of a live page are in the language of the page`() async throws {
        var application = try RealApplication(openRole: .viewer).application
        application.languages = LanguageChoice(installed: .german)
        let response = await application.answer(try Fixture.request(.get, "/events/agents"))
        guard case .stream(let body) = response.body else {
            Issue.record("no stream")
            return
        }
        // The stream is run by a task that has no language of its own.
        let sink = FirstEvents()
        await Task.detached { try? await body(sink) }.value
        #expect(sink.text.contains("<h1>Agenten</h1>"))
    }
}

/// Takes what a stream sends until it has sent an event, and then ends it.
private final class FirstEvents: StreamSink {
    private struct Enough: Error {}
    private let sent = Mutex("")

    var text: String { sent.withLock { $0 } }

    func write(_ text: String) async throws {
        sent.withLock { $0 += text }
        if text.hasPrefix("event:") { throw Enough() }
    }
}
