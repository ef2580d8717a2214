import Alerts
import Base
import Configuration
import Glibc
import TestSupport
import Testing

@testable import Services

@Suite(.enabled(if: TestProcess.find(["openssl"]) != nil))
struct ServeCertificateTests {
    @Test func `a certificate that is renewed is seen without a restart`() throws {
        let folder = try TestProcess.temporaryFolder(named: "crm-voip-certificate")
        let path = folder + "/cert.pem"
        let text = "[serve]\ncertificate = \"\(path)\"\nkey = \"\(folder)/key.pem\"\n"
        try AtomicFile.replace(folder + "/c.toml", with: Array(text.utf8), permissions: 0o600)
        let settings = try Settings.load(named: folder + "/c.toml", environment: ["HOME": folder])
        func renew(_ days: Int) throws {
            try TestProcess.run([
                "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
                "-days", "\(days)", "-keyout", folder + "/key.pem", "-out", path, "-subj", "/CN=localhost",
            ])
        }
        let now = Moment.now
        var certificate = ServeCertificate(settings)
        func days(_ seconds: Int) -> [Double] {
            certificate.current(at: now + .seconds(seconds)).map { (($0.endsAt - now).inSeconds / 86_400).rounded() }
        }
        #expect(days(0) == [])
        try renew(2)
        #expect(days(59) == [])
        #expect(days(60) == [2])
        try renew(90)
        #expect(days(119) == [2])
        #expect(days(120) == [90])
        // While it is being replaced, the last one counts; a clock that was set back delays nothing.
        unlink(path)
        #expect(days(300) == [90])
        try renew(30)
        #expect(days(10) == [30])
    }
}
