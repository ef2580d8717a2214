import Base
import Testing
import TestSupport

@testable import Serve

/// What the role `wall` receives, byte by byte.
@Suite struct WallSecrecyTests {
    /// Parts of the caller's number, whole or masked, and of every name that the scene has.
    private static let secrets = [
        "1701234567", "+491", "4917", "34567", "•", "Berta", "Kunde", "Zora", "zora", "Olga", "Sasha",
    ]

    private static let secret = String(repeating: "ab", count: 32)

    private static func accounts() throws -> Accounts {
        var accounts = Fixture.accounts
        let hash = try #require(PasswordHash(randomSecret: secret))
        for (id, scopes) in [("tv", [Scope.wall]), ("all", Scope.allCases)] {
            accounts.tokens.append(
                .init(id: id, name: id, role: .wall, scopes: scopes, secret: hash, expires: .init(2_000_000))
            )
        }
        return accounts
    }

    private static let queries = [
        "", "?queues=support", "?pbx=main", "?theme=light&notice=x", "?call=1.1&channel=1.1&all=1",
    ]

    @Test func `no answer to the role wall has a caller's number or name`() async throws {
        for openRole in [nil, Role.wall] {
            let real = try RealApplication(openRole: openRole, accounts: Self.accounts(), hasPBX: true)
            CallerScene.show("Berta Kunde", contact: "Zora", on: real)
            let session = try await Fixture.cookie("wall", real.application)
            let clients: [[(String, String)]] = [
                [], [("Cookie", session)], [("Cookie", "wall=cv_tv_\(Self.secret)")],
                [("Authorization", "Bearer cv_all_\(Self.secret)")],
            ]
            var shown = 0
            for route in real.application.router.routes {
                for client in clients {
                    for (query, accept) in Self.queries.flatMap({ [($0, "text/html"), ($0, "application/json")] }) {
                        let fields =
                            client + [
                                ("Accept", accept), ("Sec-Fetch-Site", "same-origin"),
                                ("Content-Type", "application/json"),
                            ]
                        let request = try Fixture.request(route.method, route.example + query, fields, body: "{}")
                        let bytes = await CallerScene.bytes(of: await real.application.answer(request))
                        for secret in Self.secrets {
                            #expect(!bytes.contains(secret), "\(route.line)\(query) \(accept) says \(secret)")
                        }
                        if bytes.contains("support"), bytes.contains("1 waiting") { shown += 1 }
                    }
                }
            }
            // The wall and its stream show the queue in which the caller waits.
            #expect(shown > 10, "\(shown)")
        }
    }

    @Test func `the same search finds the caller in what a lead receives`() async throws {
        let real = try RealApplication(openRole: .lead, hasPBX: true)
        CallerScene.show("Berta Kunde", contact: "Zora", on: real)
        for path in ["/queues", "/calls", "/events/queues", "/events/calls"] {
            let bytes = await CallerScene.bytes(of: await real.application.answer(try Fixture.request(.get, path)))
            for secret in ["1701234567", "Zora", "Olga", "Sasha"] {
                #expect(bytes.contains(secret), "\(path) \(secret)")
            }
        }
        CallerScene.show("Berta Kunde", contact: nil, on: real)
        let bytes = await CallerScene.bytes(of: await real.application.answer(try Fixture.request(.get, "/queues")))
        #expect(bytes.contains("Berta Kunde"))
    }
}
