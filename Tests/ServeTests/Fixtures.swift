import Base
import Configuration
import Services
import Switchboard
import Testing
import TestSupport

@testable import Serve

/// Shared parts of the server tests.
enum Fixture {
    /// An application with routes for each role, and a user for each.
    static func application(
        openRole: Role? = nil,
        accounts: Accounts = Accounts(),
        proxy: TrustedProxy = TrustedProxy(),
        clock: @escaping @Sendable () -> Moment = { 1_000_000 },
        _ addRoutes: (inout Router) -> Void = { _ in }
    ) -> Application {
        var router = Router()
        router.on(.get, "/open", for: .everybody, "Open.") { _ in Response(.ok, .text, Array("open".utf8)) }
        router.on(.get, "/figures", for: .role(.wall, token: .wall), "Figures.") { _ in
            Response(.ok, .text, Array("figures".utf8))
        }
        router.on(.get, "/calls/{id}", for: .role(.lead, token: .read), "A call.") { exchange in
            Response(.ok, .text, Array((exchange.parameters["id"] ?? "").utf8))
        }
        router.on(.post, "/act", for: .role(.operator, token: .act), "Act.") { _ in Response(.noContent) }
        router.on(.get, "/broken", for: .role(.wall), "Broken.") { _ in throw Broken() }
        let authenticator = Authenticator(accounts, openRole: openRole, proxy: proxy, clock: clock)
        LoginRoutes(authenticator: authenticator) { _ in }.add(to: &router)
        addRoutes(&router)
        return Application(
            router: router,
            hosts: HostList(["pbx.example.com"], listening: .tcp(host: "127.0.0.1", port: 8090)),
            authenticator: authenticator,
            proxy: proxy
        )
    }

    struct Broken: Error {}

    /// A request to `localhost`, with additional header fields.
    static func request(
        _ method: Method = .get,
        _ target: String,
        _ headers: [(String, String)] = [],
        body: String = "",
        peer: String = "127.0.0.1",
        isSecure: Bool = false
    ) throws -> Request {
        var fields = HeaderFields(headers)
        fields.setDefault("Host", "localhost:8090")
        return try #require(
            Request(method, target: target, headers: fields, body: Array(body.utf8), peer: peer, isSecure: isSecure)
        )
    }

    /// Accounts with a user for each role, all with the password "correct horse battery"; hashes are cheap, because
    /// these are tests.
    static let accounts: Accounts = {
        var accounts = Accounts()
        for role in Role.allCases {
            // SHA-256 with the fewest rounds: the cost is not what is tested.
            guard let hash = PasswordHash(randomSecret: "correct horse battery") else { continue }
            accounts.users.append(Accounts.User(name: role.rawValue, role: role, password: hash))
        }
        return accounts
    }()

    /// The request of a login form.
    static func login(
        _ name: String,
        _ password: String = "correct horse battery",
        peer: String = "127.0.0.1"
    ) throws
        -> Request
    {
        try request(
            .post,
            "/login",
            [("Content-Type", "application/x-www-form-urlencoded"), ("Sec-Fetch-Site", "same-origin")],
            body: "name=\(name)&password=\(PercentCoding.encoded(password))",
            peer: peer
        )
    }

    /// The cookie after logging in.
    static func cookie(_ name: String, _ application: Application) async throws -> String {
        let response = await application.answer(try login(name))
        let cookie = try #require(response.headers["Set-Cookie"])
        return String(cookie.prefix { $0 != ";" })
    }
}
