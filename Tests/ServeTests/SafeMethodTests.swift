import TestSupport
import Testing

@testable import Serve

/// Only a form or a program of this server changes anything: no link, no image and no other site.
@Suite struct SafeMethodTests {
    /// An application whose handlers only say that they were reached, with the cookie of an admin.
    private static func bare() async throws -> (Application, cookie: String, secret: String) {
        let application = try RealApplication(accounts: Fixture.accounts).withoutHandlers
        let admin = Identity(name: "admin", role: .admin, proof: .session)
        return (
            application, try await Fixture.cookie("admin", try loggingIn(application)),
            application.authenticator.forms.token(for: admin)
        )
    }

    /// The same users, with the handler that logs in.
    private static func loggingIn(_ application: Application) throws -> Application {
        var copy = application
        copy.router = Router()
        LoginRoutes(authenticator: application.authenticator) { _ in }.add(to: &copy.router)
        return copy
    }

    private static func changing(_ application: Application) throws -> [Route] {
        let routes = application.router.routes.filter { $0.method != .get }
        // As many as the table of the routes has.
        try #require(routes.count == RouteTable.rows.keys.count { $0.hasPrefix("POST ") })
        return routes
    }

    private static let form = ("Content-Type", "application/x-www-form-urlencoded")

    @Test func `what changes something is reached by its own method alone`() async throws {
        let (application, cookie, secret) = try await Self.bare()
        for route in try Self.changing(application) {
            // The form to log in has the address to which it is sent.
            for method in [.get, .head, .put, .delete, nil] as [Serve.Method?] where route.pattern != "/login" {
                var request = try Fixture.request(
                    .get,
                    "\(route.example)?form_token=\(secret)&_method=POST",
                    [("Cookie", cookie), ("Sec-Fetch-Site", "same-origin"), Self.form],
                    body: "form_token=\(secret)&_method=POST"
                )
                request.headers.add("X-HTTP-Method-Override", "POST")
                request.method = method
                // A page that gives orders and an order may not have one address.
                let response = await application.answer(request)
                #expect(response.status == .methodNotAllowed, "\(method?.rawValue ?? "PATCH") \(route.pattern)")
                #expect(response.headers["Allow"] == "POST", "\(route.pattern)")
            }
        }
    }

    @Test func `a page of another site changes nothing, even with the form's secret`() async throws {
        let (application, cookie, secret) = try await Self.bare()
        let origins = [
            ("Sec-Fetch-Site", "cross-site"), ("Sec-Fetch-Site", "same-site"), ("Sec-Fetch-Site", "none"),
            ("Origin", "https://evil.example"), ("Origin", "https://localhost:8090"), ("Origin", "null"),
        ]
        for route in try Self.changing(application) {
            for origin in origins {
                let fields = [("Cookie", cookie), origin, Self.form]
                let form = try Fixture.request(route.method, route.example, fields, body: "form_token=\(secret)")
                #expect(await application.answer(form).status == .forbidden, "\(route.line) \(origin)")
                let json = [("Cookie", cookie), origin, ("Content-Type", "application/json")]
                let program = try Fixture.request(route.method, route.example, json, body: "{}")
                #expect(await application.answer(program).status == .forbidden, "\(route.line) \(origin)")
                // Logging somebody in as another user is a change too.
                let nobody = try Fixture.request(route.method, route.example, [origin, Self.form])
                #expect(await application.answer(nobody).status == .forbidden, "\(route.line) \(origin)")
            }
            let own = [("Cookie", cookie), ("Origin", "http://localhost:8090"), Self.form]
            let request = try Fixture.request(route.method, route.example, own, body: "form_token=\(secret)")
            #expect(await application.answer(request).status == .noContent, "\(route.line)")
        }
    }

    @Test func `a form without this user's secret changes nothing`() async throws {
        let (application, cookie, secret) = try await Self.bare()
        let lead = Identity(name: "lead", role: .lead, proof: .session)
        let other = application.authenticator.forms.token(for: lead)
        let sent: [(type: String, body: String)] = [
            (Self.form.1, ""), (Self.form.1, "form_token="), (Self.form.1, "form_token=\(other)"),
            (Self.form.1, "form_token=\(secret)0"), (Self.form.1, "FORM_TOKEN=\(secret)"),
            ("text/plain", "form_token=\(secret)"), ("multipart/form-data", "form_token=\(secret)"),
            ("text/plain; charset=application/json", "{}"), ("application/jsonp", "{}"),
        ]
        // Those who log in have no secret yet, and the site of the request protects logging out.
        for route in try Self.changing(application) where route.access.role != nil {
            for (type, body) in sent {
                let fields = [("Cookie", cookie), ("Sec-Fetch-Site", "same-origin"), ("Content-Type", type)]
                let request = try Fixture.request(
                    route.method,
                    "\(route.example)?form_token=\(secret)",
                    fields,
                    body: body
                )
                #expect(await application.answer(request).status == .forbidden, "\(route.line) \(type) \(body)")
            }
        }
    }
}
