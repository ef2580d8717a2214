import Testing

@testable import Serve

@Suite struct ApplicationTests {
    @Test(arguments: ["/open", "/nothing", "/broken", "/figures", "/calls/1"], [nil, Role.wall, .admin])
    func `every answer has the header fields that protect it`(path: String, role: Role?) async throws {
        let response = await Fixture.application(openRole: role).answer(try Fixture.request(.get, path))
        let policy = try #require(response.headers["Content-Security-Policy"])
        #expect(policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'"))
        #expect(!policy.contains("unsafe"))
        #expect(response.headers["X-Content-Type-Options"] == "nosniff")
        #expect(response.headers["Referrer-Policy"] == "no-referrer")
        #expect(response.headers["Cache-Control"] == "no-store")
        #expect(response.headers["Server"] == nil)
    }

    @Test(arguments: [
        ("localhost:8090", Status.ok), ("127.0.0.1", .ok), ("[::1]:8090", .ok), ("pbx.example.com", .ok),
        ("PBX.example.com:443", .ok), ("evil.example.com", .misdirected), ("", .misdirected),
        ("localhost.evil.example.com", .misdirected), ("[::2]", .misdirected),
    ])
    func `only the server's own names are answered`(host: String, status: Status) async throws {
        let response = await Fixture.application().answer(try Fixture.request(.get, "/open", [("Host", host)]))
        #expect(response.status == status)
    }

    @Test func `a request without a host is refused`() async throws {
        let request = try #require(Request(.get, target: "/open"))
        #expect(await Fixture.application().answer(request).status == .misdirected)
    }

    @Test(arguments: [
        (Role?.none, "/figures", Status.unauthorized), (.wall, "/figures", .ok), (.wall, "/calls/7", .forbidden),
        (.viewer, "/calls/7", .forbidden), (.lead, "/calls/7", .ok), (.admin, "/calls/7", .ok),
        (Role?.none, "/nothing", .unauthorized), (.wall, "/nothing", .notFound), (Role?.none, "/open", .ok),
    ])
    func `a role opens what it may open and nothing else`(role: Role?, path: String, status: Status) async throws {
        let application = Fixture.application(accounts: Fixture.accounts)
        var fields: [(String, String)] = []
        if let role { fields = [("Cookie", try await Fixture.cookie(role.rawValue, application))] }
        let response = await application.answer(try Fixture.request(.get, path, fields))
        #expect(response.status == status)
    }

    @Test func `a method that a path does not have is refused with those that it has`() async throws {
        let response = await Fixture.application(openRole: .admin).answer(try Fixture.request(.delete, "/figures"))
        #expect(response.status == .methodNotAllowed)
        #expect(response.headers["Allow"] == "GET, HEAD")
    }

    @Test func `HEAD has the length of GET's body and no body`() async throws {
        let response = await Fixture.application().answer(try Fixture.request(.head, "/open"))
        #expect(response.headers["Content-Length"] == "4")
        #expect(response.bytes.isEmpty)
    }

    @Test func `an internal error reveals nothing about the program`() async throws {
        let response = await Fixture.application(openRole: .wall).answer(try Fixture.request(.get, "/broken"))
        #expect(response.status == .internalError)
        #expect(!String(decoding: response.bytes, as: UTF8.self).contains("Broken"))
        #expect(response.headers["Content-Type"] == "application/problem+json")
    }

    @Test(arguments: [
        ([("Sec-Fetch-Site", "same-origin")], Status.noContent),
        ([("Sec-Fetch-Site", "cross-site")], .forbidden), ([("Sec-Fetch-Site", "same-site")], .forbidden),
        ([("Sec-Fetch-Site", "none")], .forbidden), ([("Origin", "http://localhost:8090")], .noContent),
        ([("Origin", "http://evil.example.com")], .forbidden), ([("Origin", "null")], .forbidden), ([], .forbidden),
        ([("Sec-Fetch-Site", "cross-site"), ("Origin", "http://localhost:8090")], .forbidden),
    ])
    func `a page of another site cannot act in a user's name`(
        fields: [(String, String)],
        status: Status
    ) async throws {
        let application = Fixture.application(accounts: Fixture.accounts)
        let cookie = try await Fixture.cookie("operator", application)
        let json = [("Cookie", cookie), ("Content-Type", "application/json")]
        let request = try Fixture.request(.post, "/act", fields + json)
        #expect(await application.answer(request).status == status)
    }

    @Test func `a form without this server's secret for this user changes nothing`() async throws {
        let application = Fixture.application(accounts: Fixture.accounts)
        let cookie = try await Fixture.cookie("operator", application)
        let head = [
            ("Cookie", cookie), ("Sec-Fetch-Site", "same-origin"),
            ("Content-Type", "application/x-www-form-urlencoded"),
        ]
        func status(_ body: String, _ further: [(String, String)] = []) async throws -> Status {
            await application.answer(try Fixture.request(.post, "/act", head + further, body: body)).status
        }
        let own = Identity(name: "operator", role: .operator, proof: .session)
        let admin = Identity(name: "admin", role: .admin, proof: .session)
        let secret = application.authenticator.forms.token(for: own)
        #expect(try await status("form_token=\(secret)") == .noContent)
        #expect(try await status("") == .forbidden)
        #expect(try await status("form_token=") == .forbidden)
        #expect(try await status("form_token=\(application.authenticator.forms.token(for: admin))") == .forbidden)
    }

    @Test func `a browser without a session is sent to log in, and back to its page`() async throws {
        let request = try Fixture.request(.get, "/calls/7", [("Accept", "text/html")])
        let response = await Fixture.application().answer(request)
        #expect(response.status == .seeOther)
        #expect(response.headers["Location"] == "/login?next=%2Fcalls%2F7")
    }
}
