import Base
import Synchronization
import Testing
import TestSupport

@testable import Serve

@Suite struct IdentityTests {
    private static let secret = String(repeating: "ab", count: 32)

    private static func accounts(role: Role, scopes: [Scope], expires: Moment = 2_000_000) throws -> Accounts {
        var accounts = Fixture.accounts
        let hash = try #require(PasswordHash(randomSecret: secret))
        accounts.tokens = [
            Accounts.Token(
                id: "0123",
                name: "program",
                role: role,
                scopes: scopes,
                secret: hash,
                expires: .init(expires)
            )
        ]
        return accounts
    }

    @Test(arguments: [
        (Role.lead, [Scope.read], "/calls/1", Status.ok), (.lead, [.metrics], "/calls/1", .forbidden),
        (.viewer, [.read], "/calls/1", .forbidden), (.admin, [.wall], "/figures", .ok),
        (.admin, [.read], "/figures", .forbidden),
    ])
    func `a token needs role and scope`(role: Role, scopes: [Scope], path: String, status: Status) async throws {
        let application = Fixture.application(accounts: try Self.accounts(role: role, scopes: scopes))
        let fields = [("Authorization", "Bearer cv_0123_\(Self.secret)")]
        // Twice: the second time, the hash is not computed again.
        for _ in 1...2 { #expect(await application.answer(try Fixture.request(.get, path, fields)).status == status) }
    }

    @Test(arguments: [
        "Bearer cv_0123_\(String(repeating: "ac", count: 32))", "Bearer cv_0124_\(secret)", "Bearer \(secret)",
        "Bearer cv_0123_", "Basic Zm9vOmJhcg==", "Bearer",
    ])
    func `a wrong token is refused, even if nobody has to log in`(header: String) async throws {
        let accounts = try Self.accounts(role: .admin, scopes: [.read])
        let application = Fixture.application(openRole: .admin, accounts: accounts)
        let request = try Fixture.request(.get, "/calls/1", [("Authorization", header)])
        #expect(await application.answer(request).status == .unauthorized)
    }

    @Test func `a token expires on its day`() async throws {
        let clock = Clock(.init(1_999_999))
        let accounts = try Self.accounts(role: .lead, scopes: [.read])
        let application = Fixture.application(accounts: accounts, clock: { clock.now })
        let request = try Fixture.request(.get, "/calls/1", [("Authorization", "Bearer cv_0123_\(Self.secret)")])
        #expect(await application.answer(request).status == .ok)
        clock.advance(1)
        #expect(await application.answer(request).status == .unauthorized)
    }

    @Test(arguments: [
        ("10.0.0.1", [("X-Remote-User", "lead")], Status.ok), ("10.0.0.2", [("X-Remote-User", "lead")], .unauthorized),
        ("10.0.0.1", [("X-Remote-User", "stranger")], .unauthorized), ("10.0.0.1", [], .unauthorized),
        ("10.0.0.1", [("X-Remote-User", "lead"), ("X-Remote-User", "admin")], .unauthorized),
    ])
    func `a user's name in a header is trusted only from the proxy`(
        peer: String,
        fields: [(String, String)],
        status: Status
    ) async throws {
        let proxy = TrustedProxy(addresses: ["10.0.0.1"], userHeader: "X-Remote-User")
        let application = Fixture.application(accounts: Fixture.accounts, proxy: proxy)
        let request = try Fixture.request(.get, "/calls/1", fields, peer: peer)
        #expect(await application.answer(request).status == status)
    }

    @Test func `the address of a client behind the proxy is the last one that the proxy adds`() throws {
        let proxy = TrustedProxy(addresses: ["10.0.0.1"])
        let fields = [("X-Forwarded-For", "203.0.113.9, 198.51.100.7"), ("X-Forwarded-Proto", "https")]
        let resolved = proxy.resolved(try Fixture.request(.get, "/", fields, peer: "10.0.0.1"))
        #expect(resolved.client == "198.51.100.7" && resolved.isSecure)
        let other = proxy.resolved(try Fixture.request(.get, "/", fields, peer: "10.0.0.2"))
        #expect(other.client == "10.0.0.2" && !other.isSecure)
    }

    @Test func `a password's hash is yescrypt, has its own salt, and matches only that password`() throws {
        let hash = try #require(PasswordHash(password: "correct horse battery"))
        let other = try #require(PasswordHash(password: "correct horse battery"))
        #expect(hash.text.hasPrefix("$y$") && hash != other)
        #expect(hash.matches("correct horse battery"))
        #expect(!hash.matches("correct horse batterz") && !hash.matches(""))
        #expect(!PasswordHash(text: "").matches("") && !PasswordHash(text: "*0").matches("x"))
    }
}
