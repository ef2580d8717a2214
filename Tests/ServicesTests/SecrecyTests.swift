import Configuration
import Logging
import Testing

@testable import Services

/// A password in a connection URL, wherever it is and whatever is wrong with the URL, never appears in any message
/// about it.
struct SecrecyTests {
    private static let secret = "Zq7HIDDENz"

    /// Characters that people use in passwords without escaping them, and invalid escapes.
    private static let signs = [
        "", "%", "%zz", "%2", "%00", "%40", "@", "/", "?", "#", ":", "[", "]", " ", "&", "=", "'", "\"", "\\", "\n",
        "\t",
        "ä", "😀", "\u{202E}", "://", "?password=", "@127.0.0.1:1/", String(repeating: "x", count: 10_000),
    ]

    /// Ways to write a URL; `$` is the password.
    private static let forms = [
        "postgresql://u:$@127.0.0.1:1/d", "postgres://u@127.0.0.1:1/d?password=$&user=u",
        "postgresql:/u:$@127.0.0.1:1/d",
        "postgresq://u:$@127.0.0.1:1/d", "mysql://u:$@127.0.0.1:1/d", "mariadb://u:$@127.0.0.1:1/d?password=$",
        "host=127.0.0.1 port=1 password=$", "password='$' host=127.0.0.1 port=1 connect_timeout=2",
        "service=none password=$", "host=127.0.0.1 port=1 passfile=/nonexistent sslpassword=$",
        "postgresql://127.0.0.1:1/d?user=u&pass%77ord=$", "u:$@127.0.0.1:1/d",
    ]

    /// The character precedes or follows the rest of the password.
    static let urls = forms.enumerated().flatMap { number, form in
        signs.enumerated().map { place, sign in
            form.replacing("$", with: (number + place).isMultiple(of: 2) ? "\(secret)\(sign)" : "\(sign)\(secret)")
        }
    }

    @Test func `there are enough of them`() { #expect(Self.urls.count >= 300) }

    @Test(arguments: ["WAREHOUSE_URL", "CONTACTS_URL"])
    func `a password in a URL is never shown`(key: String) async {
        for url in Self.urls {
            let said = await Self.said(["CRM_VOIP_\(key)": url, "CRM_VOIP_CONTACTS_QUERY": "select 1"])
            #expect(!said.contains("HIDDEN"), "\(url.prefix(200)): \(said.prefix(500))")
        }
    }

    @Test func `a secret of the manager interface or of MariaDB is never shown`() async {
        for sign in Self.signs {
            let secret = "\(Self.secret)\(sign)"
            let table = "CRM_VOIP_PBX_MAIN_"
            let said = await Self.said([
                table + "AMI_HOST": "127.0.0.1", table + "AMI_PORT": "1", table + "AMI_USERNAME": "u",
                table + "AMI_SECRET": secret, table + "CDR_DATABASE_HOST": "127.0.0.1",
                table + "CDR_DATABASE_PORT": "1",
                table + "CDR_DATABASE_DATABASE": "d", table + "CDR_DATABASE_PASSWORD": secret,
            ])
            #expect(!said.contains("HIDDEN"), "\(sign): \(said.prefix(500))")
        }
    }

    /// All messages about settings: why they are refused, how they are shown, and why a connection fails.
    private static func said(_ environment: [String: String]) async -> String {
        do {
            let settings = try Settings.load(named: "/dev/null", environment: environment)
            let check = SettingsCheck(settings, problems: [])
            var said =
                settings.all.map { "\($0.shown) \($0.origin)" } + settings.warnings + check.errors + check.warnings
            said += settings.overridden
            var logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
            logger.logLevel = .trace
            said += await ConnectionCheck(settings, logger: logger).run().map(\.sentence)
            return said.joined(separator: "\n")
        } catch {
            return "\(error) \(String(reflecting: error))"
        }
    }
}
