import Base
import Services
import Synchronization
import TestSupport
import Testing

@testable import Serve

/// Every route with every kind of credential.
@Suite struct RouteAccessTests {
    /// What a client sends to say who it is.
    enum Credential: Sendable {
        /// Nothing, or something that identifies nobody.
        case nobody(String, [(String, String)])
        case session(Role)
        case token(Role, Set<Scope>)
        /// A display's cookie.
        case ticket
    }

    private static let secret = String(repeating: "ab", count: 32)

    private static let scopeSets = [Set(Scope.allCases)] + Scope.allCases.map { Set(Scope.allCases).subtracting([$0]) }

    private static func id(_ role: Role, _ scopes: Set<Scope>) -> String {
        role.rawValue + (scopeSets.firstIndex(of: scopes).map { "\($0)" } ?? "")
    }

    private static func accounts() throws -> Accounts {
        var accounts = Fixture.accounts
        let hash = try #require(PasswordHash(randomSecret: secret))
        func add(_ id: String, _ role: Role, _ scopes: Set<Scope>, until expiry: Moment) {
            accounts.tokens.append(
                Accounts.Token(
                    id: id,
                    name: id,
                    role: role,
                    scopes: Array(scopes),
                    secret: hash,
                    expires: .init(expiry)
                )
            )
        }
        for role in Role.allCases {
            for scopes in scopeSets { add(id(role, scopes), role, scopes, until: 2_000_000) }
        }
        add("expired", .admin, Set(Scope.allCases), until: 1_000_001)
        add("tv", .wall, [.wall], until: 2_000_000)
        return accounts
    }

    private static let clients: [Credential] =
        [.ticket] + Role.allCases.map { .session($0) }
        + Role.allCases.flatMap { role in scopeSets.map { .token(role, $0) } }

    /// The status that the table demands; 204 if the handler is reached.
    private static func expected(_ credential: Credential, _ route: Route, _ access: Access) -> Status {
        guard let least = access.role else { return .noContent }
        func reaches(_ role: Role) -> Bool {
            (Role.allCases.firstIndex(of: role) ?? -1) >= (Role.allCases.firstIndex(of: least) ?? 99)
        }
        switch credential {
        case .nobody: return .unauthorized
        case .session(let role): return reaches(role) ? .noContent : .forbidden
        case .token(let role, let scopes):
            return reaches(role) && access.scope.map { scopes.contains($0) } ?? false ? .noContent : .forbidden
        case .ticket:
            return ["GET /wall", "GET /events/wall"].contains(route.line) ? .noContent : .unauthorized
        }
    }

    /// A request for a route, with everything else that the server could ask for.
    private static func request(
        _ route: Route,
        _ credential: Credential,
        _ application: Application,
        cookies: [Role: String],
        method: Serve.Method? = nil
    ) throws -> Request {
        var fields = [("Sec-Fetch-Site", "same-origin"), ("Content-Type", "application/x-www-form-urlencoded")]
        var body = ""
        switch credential {
        case .nobody(_, let own): fields += own
        case .session(let role):
            fields.append(("Cookie", try #require(cookies[role])))
            let identity = Identity(name: role.rawValue, role: role, proof: .session)
            body = "form_token=\(application.authenticator.forms.token(for: identity))"
        case .token(let role, let scopes):
            fields.append(("Authorization", "Bearer cv_\(id(role, scopes))_\(secret)"))
        case .ticket: fields.append(("Cookie", "wall=cv_tv_\(secret)"))
        }
        return try Fixture.request(method ?? route.method, route.example, fields, body: body)
    }

    @Test func `the table has every route of the server and no other`() throws {
        let routes = try RealApplication().application.router.routes.map(\.line)
        #expect(Set(routes).subtracting(RouteTable.rows.keys) == [])
        #expect(Set(RouteTable.rows.keys).subtracting(routes) == [])
        #expect(routes.count == RouteTable.rows.count)
    }

    @Test func `every route lets in those whom the table names, and nobody else`() async throws {
        let clock = Clock(.init(1_000_000))
        let real = try RealApplication(accounts: Self.accounts(), clock: { clock.now })
        let bare = real.withoutHandlers
        let old = try await Fixture.cookie("admin", real.application)
        clock.advance(9 * 3600)
        var cookies: [Role: String] = [:]
        for role in Role.allCases { cookies[role] = try await Fixture.cookie(role.rawValue, real.application) }
        let wrong = String(repeating: "ac", count: 32)
        let credentials =
            Self.clients + [
                .nobody("no credential", []),
                .nobody("wrong token", [("Authorization", "Bearer cv_admin0_\(wrong)")]),
                .nobody("token of nobody", [("Authorization", "Bearer cv_x_\(Self.secret)")]),
                .nobody("expired token", [("Authorization", "Bearer cv_expired_\(Self.secret)")]),
                .nobody("password as token", [("Authorization", "Basic YWRtaW46Y29ycmVjdCBob3JzZSBiYXR0ZXJ5")]),
                .nobody("wrong session", [("Cookie", "session=\(wrong)")]),
                .nobody("expired session", [("Cookie", old)]),
                .nobody("wrong ticket", [("Cookie", "wall=cv_tv_\(wrong)")]),
                .nobody("ticket of another role", [("Cookie", "wall=cv_admin0_\(Self.secret)")]),
                .nobody("a name in a header", [("X-Remote-User", "admin"), ("Remote-User", "admin")]),
            ]
        for route in real.application.router.routes {
            let access = try #require(RouteTable.rows[route.line])
            for credential in credentials {
                let status = Self.expected(credential, route, access)
                for method in route.method == .get ? [Serve.Method.get, .head] : [route.method] {
                    let request = try Self.request(route, credential, bare, cookies: cookies, method: method)
                    #expect(await bare.answer(request).status == status, "\(method) \(route.pattern) \(credential)")
                    guard status != .noContent else { continue }
                    let told = await real.application.answer(request)
                    #expect(told.status == status, "\(method) \(route.pattern) \(credential)")
                }
            }
        }
    }

    @Test(arguments: Role.allCases)
    func `a handler does not turn away those who may use its page`(role: Role) async throws {
        let real = try RealApplication(openRole: role)
        for route in real.application.router.routes where route.method == .get {
            guard let least = RouteTable.rows[route.line]?.role, role >= least else { continue }
            let status = await real.application.answer(try Fixture.request(.get, route.example)).status
            #expect(![.unauthorized, .forbidden, .internalError].contains(status), "\(route.line): \(status)")
        }
    }

    @Test func `a browser that nobody has logged in gets the login page instead of any other`() async throws {
        let real = try RealApplication()
        for route in real.application.router.routes where RouteTable.rows[route.line]?.role != nil {
            let fields = [("Accept", "text/html"), ("Sec-Fetch-Site", "same-origin")]
            let response = await real.application.answer(try Fixture.request(route.method, route.example, fields))
            #expect(response.status == (route.method == .get ? .seeOther : .unauthorized), "\(route.line)")
            let place = response.headers["Location"]
            #expect(route.method == .get ? place?.hasPrefix("/login") ?? false : place == nil, "\(route.line)")
        }
    }
}
