import Base
import Synchronization
import Testing
import TestSupport

@testable import Serve

@Suite struct LoginTests {
    @Test func `a session is a cookie that no script and no other site gets`() async throws {
        let application = Fixture.application(accounts: Fixture.accounts)
        let response = await application.answer(try Fixture.login("lead"))
        #expect(response.status == .seeOther)
        let cookie = try #require(response.headers["Set-Cookie"])
        #expect(cookie.hasPrefix("session="))
        #expect(cookie.hasSuffix("; Path=/; HttpOnly; SameSite=Strict"))
        let key = cookie.prefix { $0 != ";" }.dropFirst("session=".count)
        #expect(key.count == 64)
    }

    @Test func `over TLS the cookie belongs to the host only`() async throws {
        let application = Fixture.application(accounts: Fixture.accounts)
        var request = try Fixture.login("lead")
        request.isSecure = true
        let cookie = try #require(await application.answer(request).headers["Set-Cookie"])
        #expect(cookie.hasPrefix("__Host-session=") && cookie.contains("; Secure"))
    }

    @Test(arguments: [("lead", "wrong"), ("nobody", "correct horse battery"), ("lead", "")])
    func `a wrong name or password begins no session and says the same`(name: String, password: String) async throws {
        let application = Fixture.application(accounts: Fixture.accounts)
        let response = await application.answer(try Fixture.login(name, password))
        #expect(response.status == .unauthorized)
        #expect(response.headers["Set-Cookie"] == nil)
        if !password.isEmpty {
            #expect(String(decoding: response.bytes, as: UTF8.self).contains("The name or the password is wrong."))
        }
    }

    @Test func `after five failures a minute even the right password has to wait`() async throws {
        let clock = Clock(Mutex(1_000_000))
        let application = Fixture.application(accounts: Fixture.accounts, clock: { clock.now })
        for _ in 1...5 { #expect(await application.answer(try Fixture.login("lead", "wrong")).status == .unauthorized) }
        let refused = await application.answer(try Fixture.login("lead"))
        #expect(refused.status == .tooManyRequests)
        #expect(refused.headers["Retry-After"] == "60")
        // Another address is not delayed by guesses at other names, but the user's own name is.
        #expect(await application.answer(try Fixture.login("lead", peer: "192.0.2.1")).status == .tooManyRequests)
        #expect(await application.answer(try Fixture.login("wall", peer: "192.0.2.1")).status == .seeOther)
        clock.advance(61)
        #expect(await application.answer(try Fixture.login("lead")).status == .seeOther)
    }

    @Test func `a session ends by logging out, and after eight hours without a request`() async throws {
        let clock = Clock(Mutex(1_000_000))
        let application = Fixture.application(accounts: Fixture.accounts, clock: { clock.now })
        let cookie = try await Fixture.cookie("lead", application)
        func status() async throws -> Status {
            await application.answer(try Fixture.request(.get, "/calls/1", [("Cookie", cookie)])).status
        }
        #expect(try await status() == .ok)
        clock.advance(8 * 3600 - 1)
        #expect(try await status() == .ok)
        clock.advance(8 * 3600 + 1)
        #expect(try await status() == .unauthorized)
        let other = try await Fixture.cookie("lead", application)
        let out = try Fixture.request(.post, "/logout", [("Cookie", other), ("Sec-Fetch-Site", "same-origin")])
        #expect(await application.answer(out).status == .seeOther)
        #expect(
            await application.answer(try Fixture.request(.get, "/calls/1", [("Cookie", other)])).status == .unauthorized
        )
    }

    @Test func `another password ends the user's sessions and no others`() async throws {
        let application = Fixture.application(accounts: Fixture.accounts)
        let lead = try await Fixture.cookie("lead", application)
        let admin = try await Fixture.cookie("admin", application)
        var changed = Fixture.accounts
        let index = try #require(changed.users.firstIndex { $0.name == "lead" })
        changed.users[index].password = try #require(PasswordHash(randomSecret: "another one entirely"))
        application.authenticator.replace(changed)
        #expect(
            await application.answer(try Fixture.request(.get, "/calls/1", [("Cookie", lead)])).status == .unauthorized
        )
        #expect(await application.answer(try Fixture.request(.get, "/calls/1", [("Cookie", admin)])).status == .ok)
    }

    @Test(arguments: [
        ("/queues", "/queues"), ("//evil.example.com", "/"), ("https://evil.example.com", "/"), ("/\\evil", "/"),
        ("/a\r\nX: y", "/"), ("", "/"),
    ])
    func `after logging in nobody is sent to another site`(next: String, path: String) {
        #expect(LoginRoutes.safe(next) == path)
    }
}

/// A clock that a test can move.
final class Clock: Sendable {
    private let time: Mutex<Moment>

    init(_ start: consuming Mutex<Moment>) { time = start }

    var now: Moment { time.withLock { $0 } }

    func advance(_ seconds: Int) { time.withLock { $0 = $0 + .seconds(seconds) } }
}
