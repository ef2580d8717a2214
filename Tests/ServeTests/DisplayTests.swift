import Base
import Synchronization
import Testing
import TestSupport

@testable import Serve

/// A television that cannot log in shows the wall with a ticket, and nothing else.
@Suite struct DisplayTests {
    private static let secret = String(repeating: "ab", count: 32)
    private static let ticket = "cv_0123_\(secret)"

    private static func accounts(_ role: Role = .wall, _ scopes: [Scope] = [.wall]) throws -> Accounts {
        var accounts = Fixture.accounts
        let hash = try #require(PasswordHash(randomSecret: secret))
        accounts.tokens = [
            Accounts.Token(id: "0123", name: "tv", role: role, scopes: scopes, secret: hash, expires: .init(2_000_000))
        ]
        return accounts
    }

    private static func application(
        _ accounts: Accounts,
        clock: @escaping @Sendable () -> Moment = { 1_000_000 }
    ) -> Application {
        var application = Fixture.application(accounts: accounts, clock: clock) { router in
            for path in ["/wall", "/events/wall", "/api/v1/live"] {
                router.on(.get, path, for: .role(.wall, token: .wall), "Figures.") { _ in Response(.ok, .text, []) }
            }
            router.on(.get, "/queues", for: .role(.viewer), "Queues.") { _ in Response(.ok, .text, []) }
        }
        DisplayRoutes(authenticator: application.authenticator) { _ in }.add(to: &application.router)
        return application
    }

    private static func status(_ application: Application, _ path: String, cookie: String) async throws -> Status {
        await application.answer(try Fixture.request(.get, path, [("Cookie", cookie)])).status
    }

    @Test func `a ticket becomes a cookie that opens the wall and its events alone`() async throws {
        let application = Self.application(try Self.accounts())
        let response = await application.answer(
            try Fixture.request(.get, "/display?ticket=\(Self.ticket)&queues=a&theme=light")
        )
        #expect(response.status == .seeOther && response.headers["Location"] == "/wall?queues=a&theme=light")
        let cookie = try #require(response.headers["Set-Cookie"])
        // A million seconds are left of the token.
        #expect(cookie == "wall=\(Self.ticket); Path=/; HttpOnly; SameSite=Strict; Max-Age=1000000")
        for (path, status) in [("/wall", Status.ok), ("/events/wall", .ok), ("/api/v1/live", .unauthorized)] {
            #expect(try await Self.status(application, path, cookie: "wall=\(Self.ticket)") == status, "\(path)")
        }
        #expect(try await Self.status(application, "/queues", cookie: "wall=\(Self.ticket)") == .unauthorized)
        #expect(try await Self.status(application, "/wall", cookie: "session=\(Self.ticket)") == .unauthorized)
    }

    @Test func `over TLS the cookie is for this host alone`() async throws {
        let application = Self.application(try Self.accounts())
        let request = try Fixture.request(.get, "/display?ticket=\(Self.ticket)", isSecure: true)
        let cookie = try #require(await application.answer(request).headers["Set-Cookie"])
        #expect(cookie.hasPrefix("__Host-wall=\(Self.ticket); ") && cookie.contains("; Secure"))
    }

    @Test(arguments: [
        (Role.lead, [Scope.wall]), (.wall, [.wall, .read]), (.wall, [.metrics]), (.viewer, [.wall]),
    ]) func `a token that may do more, or other things, is no ticket`(role: Role, scopes: [Scope]) async throws {
        let application = Self.application(try Self.accounts(role, scopes))
        let request = try Fixture.request(.get, "/display?ticket=\(Self.ticket)")
        #expect(await application.answer(request).status == .unauthorized)
        #expect(try await Self.status(application, "/wall", cookie: "wall=\(Self.ticket)") == .unauthorized)
    }

    @Test func `a ticket that was removed or has expired opens nothing, and ends its stream`() async throws {
        let clock = Clock(.init(1_000_000))
        let accounts = try Self.accounts()
        let application = Self.application(accounts, clock: { clock.now })
        let request = try Fixture.request(.get, "/events/wall", [("Cookie", "wall=\(Self.ticket)")])
        let identity = application.authenticator.identity(of: request)
        #expect(identity?.name == "tv" && application.authenticator.isStill(identity, request))
        application.authenticator.replace(Fixture.accounts)
        #expect(!application.authenticator.isStill(identity, request))
        #expect(await application.answer(request).status == .unauthorized)
        application.authenticator.replace(accounts)
        #expect(await application.answer(request).status == .ok)
        clock.advance(1_000_000)
        #expect(await application.answer(request).status == .unauthorized)
    }

    @Test func `guessing tickets is slowed down`() async throws {
        let application = Self.application(try Self.accounts())
        let wrong = try Fixture.request(.get, "/display?ticket=cv_0123_\(String(repeating: "ac", count: 32))")
        for _ in 1...5 { #expect(await application.answer(wrong).status == .unauthorized) }
        #expect(await application.answer(wrong).status == .tooManyRequests)
        let other = try Fixture.request(.get, "/display?ticket=\(Self.ticket)", peer: "192.0.2.9")
        #expect(await application.answer(other).status == .seeOther)
    }
}
