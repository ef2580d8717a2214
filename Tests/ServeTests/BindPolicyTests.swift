import Base
import Testing

@testable import Serve

@Suite struct BindPolicyTests {
    private static func options(
        _ listen: String,
        certificate: String? = nil,
        key: String? = nil,
        openRole: Role? = nil
    ) throws -> ServeOptions {
        var options = ServeOptions(usersFile: "/nonexistent")
        options.listen = try #require(ListenAddress(listen))
        (options.certificate, options.key, options.openRole) = (certificate, key, openRole)
        return options
    }

    @Test(arguments: ["127.0.0.1:8090", "[::1]:8090", "unix:/run/x.sock"])
    func `loopback needs neither TLS nor users`(listen: String) throws {
        try BindPolicy.check(Self.options(listen), hasAccounts: false)
    }

    @Test func `an address that others can reach needs both`() throws {
        let plain = try Self.options("0.0.0.0:8090")
        let secure = try Self.options("0.0.0.0:8090", certificate: "a", key: "b")
        #expect(throws: ServeError.self) { try BindPolicy.check(plain, hasAccounts: true) }
        #expect(throws: ServeError.self) { try BindPolicy.check(secure, hasAccounts: false) }
        try BindPolicy.check(secure, hasAccounts: true)
    }

    @Test func `others may see no more than the wall without logging in`() throws {
        let options = try Self.options("[::]:8090", certificate: "a", key: "b", openRole: .viewer)
        #expect(throws: ServeError.self) { try BindPolicy.check(options, hasAccounts: true) }
        let wall = try Self.options("[::]:8090", certificate: "a", key: "b", openRole: .wall)
        try BindPolicy.check(wall, hasAccounts: true)
    }

    @Test func `a certificate without a key is a mistake`() throws {
        let options = try Self.options("127.0.0.1:8090", certificate: "a")
        #expect(throws: ServeError.self) { try BindPolicy.check(options, hasAccounts: false) }
    }
}
