import TestSupport
import Testing

@testable import Serve

/// The header fields that protect users, on every answer of the real routes whatever its status.
@Suite struct ProtectiveHeaderTests {
    private static let policy = """
        default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; \
        form-action 'self'; frame-ancestors 'none'; base-uri 'none'
        """

    private static let required = [
        ("Content-Security-Policy", policy), ("X-Content-Type-Options", "nosniff"), ("X-Frame-Options", "DENY"),
        ("Referrer-Policy", "no-referrer"), ("Cross-Origin-Opener-Policy", "same-origin"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
        ("Permissions-Policy", "camera=(), geolocation=(), microphone=()"),
    ]

    private static func check(_ response: Response, _ what: String, isSecure: Bool = false) {
        for (name, value) in required { #expect(response.headers.all(name) == [value], "\(what): \(name)") }
        #expect(response.headers["Strict-Transport-Security"] == (isSecure ? "max-age=31536000" : nil), "\(what)")
        let isAsset = what.contains("/assets/") && response.status == .ok
        let cache = isAsset ? "public, max-age=31536000, immutable" : "no-store"
        #expect(response.headers.all("Cache-Control") == [cache], "\(what): \(response.status)")
        for name in ["Server", "X-Powered-By", "Access-Control-Allow-Origin"] {
            #expect(response.headers[name] == nil, "\(what)")
        }
    }

    /// The real routes, and one that fails.
    private static func application(_ role: Role?) throws -> Application {
        var application = try RealApplication(openRole: role, accounts: Fixture.accounts).application
        application.router.on(.get, "/broken", for: .role(.wall), "Broken.") { _ in throw Fixture.Broken() }
        return application
    }

    @Test(arguments: [nil, Role.wall, .viewer, .admin], [false, true])
    func `every answer of every route has them`(role: Role?, isSecure: Bool) async throws {
        let application = try Self.application(role)
        var seen: Set<Int> = []
        var streams = 0
        let paths =
            application.router.routes.map(\.example) + Assets.all.map(\.path) + [
                "/nothing", "/api/v1/nothing", "/api/v1/calls?limit=0", "/reports?month=2026-13",
                "/display?ticket=x",
            ]
        for path in Set(paths) {
            for method in Serve.Method.allCases as [Serve.Method?] + [nil] {
                for accept in ["text/html", "application/json"] {
                    var request = try Fixture.request(
                        .get,
                        path,
                        [("Accept", accept), ("Sec-Fetch-Site", "same-origin"), ("Content-Type", "application/json")],
                        body: "{",
                        isSecure: isSecure
                    )
                    request.method = method
                    let response = await application.answer(request)
                    Self.check(response, "\(method?.rawValue ?? "PATCH") \(path) \(accept)", isSecure: isSecure)
                    seen.insert(response.status.rawValue)
                    #expect(response.status != .internalError || path == "/broken", "\(path)")
                    if case .stream = response.body { streams += 1 }
                }
            }
        }
        // What these requests have to meet, so that the test cannot pass by asking too little.
        let least: Set<Int> =
            switch role {
            case nil: [200, 303, 401, 404]
            case .wall: [200, 303, 401, 404, 405, 500]
            case .viewer: [200, 303, 400, 401, 404, 405, 500, 503]
            default: [200, 303, 400, 401, 404, 405, 500, 503]
            }
        #expect(seen.isSuperset(of: least), "\(seen.sorted())")
        #expect((streams > 0) == (role != nil))
    }

    @Test func `answers that end a request early have them too`() async throws {
        let application = try Self.application(nil)
        let host = await application.answer(try Fixture.request(.get, "/", [("Host", "evil.example")]))
        #expect(host.status == .misdirected)
        Self.check(host, "a wrong host")
        let site = await application.answer(try Fixture.request(.post, "/login", [("Sec-Fetch-Site", "cross-site")]))
        #expect(site.status == .forbidden)
        Self.check(site, "another site")
        for _ in 1...5 { Self.check(await application.answer(try Fixture.login("admin", "wrong")), "a wrong password") }
        let many = await application.answer(try Fixture.login("admin"))
        #expect(many.status == .tooManyRequests)
        Self.check(many, "too many attempts")
        let right = await application.answer(try Fixture.login("lead", peer: "192.0.2.7"))
        #expect(right.status == .seeOther)
        Self.check(right, "the right password")
    }
}
