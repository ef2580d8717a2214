import Alerts
import Base
import Configuration
import Services
import Testing
import TestSupport

@testable import Serve

/// The silences of alerts in the browser. The table of routes covers who may do what.
@Suite struct SilencePageTests {
    private static func service() throws -> SilenceService {
        let folder = try TestProcess.temporaryFolder(named: "crm-voip-silences")
        let environment = ["HOME": folder, "CRM_VOIP_CONFIG": "/dev/null", "CRM_VOIP_DATA": folder]
        return SilenceService(try Settings.load(environment: environment))
    }

    /// A browser in which an operator is logged in, and the secret of the operator's forms.
    private struct Browser {
        let application: Application
        let cookie: String
        let token: String

        init(_ silences: SilenceService) async throws {
            var application = Fixture.application(accounts: Fixture.accounts)
            SilenceRoutes(silences: silences, forms: application.authenticator.forms, notices: Notices())
                .add(to: &application.router)
            cookie = try await Fixture.cookie("operator", application)
            let identity = Identity(name: "operator", role: .operator, proof: .session)
            token = application.authenticator.forms.token(for: identity)
            self.application = application
        }

        func post(_ path: String, _ form: String) async throws -> Status {
            let headers = [
                ("Cookie", cookie), ("Sec-Fetch-Site", "same-origin"),
                ("Content-Type", "application/x-www-form-urlencoded"),
            ]
            return await application.answer(try Fixture.request(.post, path, headers, body: form)).status
        }

        func page(_ path: String) async throws -> String {
            let headers = [("Cookie", cookie), ("Accept", "text/html")]
            let response = await application.answer(try Fixture.request(.get, path, headers))
            return String(decoding: response.bytes, as: UTF8.self)
        }
    }

    @Test func `a silence is begun and ended by forms with the secret, and by none without it`() async throws {
        let silences = try Self.service()
        let browser = try await Browser(silences)
        let form = "conditions=rule%3Dlong-*%2C+queue%3Dsupport&for=2h&comment=%3Cmoving%3E"
        let begin = "/alerts/silences/begin"
        #expect(try await browser.post(begin, form) == .forbidden)
        #expect(try silences.list().isEmpty)
        let begun = Moment.now
        #expect(try await browser.post(begin, form + "&form_token=\(browser.token)") == .seeOther)
        let silence = try #require(try silences.list().first)
        #expect(silence.matchers.map(\.description) == ["rule=long-*", "queue=support"])
        #expect(silence.comment == "<moving>" && silence.author == "operator")
        let span = silence.until - begun
        #expect(span >= .seconds(7200) && span < .seconds(7260))
        let html = try await browser.page("/alerts/silences?conditions=rule%3D%22x")
        #expect(html.contains("rule=long-*, queue=support") && html.contains("&lt;moving&gt;"))
        #expect(html.contains("value=\"rule=&quot;x\""))
        let end = "/alerts/silences/\(silence.id)/end"
        #expect(try await browser.post(end, "a=1") == .forbidden)
        #expect(try silences.list().count == 1)
        #expect(try await browser.post(end, "form_token=\(browser.token)") == .seeOther)
        #expect(try silences.list().isEmpty)
    }

    @Test(arguments: ["conditions=&for=2h", "conditions=nonsense&for=2h", "conditions=queue%3Da&for=100y"])
    func `a form that cannot be understood begins nothing`(_ form: String) async throws {
        let silences = try Self.service()
        let browser = try await Browser(silences)
        let status = try await browser.post("/alerts/silences/begin", form + "&form_token=\(browser.token)")
        #expect(status == .seeOther)
        #expect(try silences.list().isEmpty)
    }

    @Test func `a user of one queue sees only the silences about it`() throws {
        let silences = try Self.service()
        for condition in [["queue=Support"], ["queue=sales"], ["rule=x"], ["queue!=sales"], ["queue=*"]] {
            try silences.add(condition, for: .seconds(60), author: "me", comment: "")
        }
        func visible(_ queues: Set<String>?) throws -> [String] {
            let identity = Identity(name: "anna", role: .operator, proof: .session, queues: queues)
            let shown = try silences.list().filter { SilenceRoutes.isVisible($0, to: identity) }
            return shown.flatMap(\.matchers).map(\.description)
        }
        #expect(try visible(["support"]) == ["queue=Support"])
        #expect(try visible([]).isEmpty)
        #expect(try visible(nil).count == 5)
    }
}
