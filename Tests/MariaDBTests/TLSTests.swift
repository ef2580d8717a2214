import MariaDB
import Testing
import TestSupport

@Suite(
    "TLS",
    .enabled(if: TestMariaDB.isInstalled, "needs mariadbd"),
    .enabled(if: TestProcess.find(["openssl"]) != nil)
)
struct TLSTests {
    private func connect(_ tls: Configuration.TLS, host: String = "127.0.0.1") throws -> String? {
        let server = try TestMariaDB.shared()
        try Database.run("CREATE OR REPLACE USER tls_user@'127.0.0.1'")
        return try Database.connect {
            $0.socket = nil
            $0.host = host
            $0.port = server.port
            $0.user = "tls_user"
            $0.tls = tls
        }.cipher
    }

    @Test("is used if and only if it is required")
    func required() throws {
        #expect(try connect(.required) != nil)
        #expect(try connect(.asConfigured) == nil)
    }

    @Test("takes a certificate of a known authority and no other")
    func verified() throws {
        let server = try TestMariaDB.shared()
        #expect(try connect(.verified(authorities: server.authority)) != nil)
        let error = #expect(throws: DatabaseError.self) { try connect(.verified(authorities: nil)) }
        #expect(error?.code == .tls)
    }

    @Test("takes a certificate for its own host name only")
    func otherHost() throws {
        let server = try TestMariaDB.shared()
        // 127.0.0.2 is the same server, but not in the certificate.
        let error = #expect(throws: DatabaseError.self) {
            try connect(.verified(authorities: server.authority), host: "127.0.0.2")
        }
        #expect(error != nil)
    }
}
