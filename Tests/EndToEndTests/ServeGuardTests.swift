import FoundationEssentials
import Testing

/// Orders by HTTP and by command, against a PBX that is not there: what the dial guard refuses, it refuses both, for the same
/// reason; and what passes it fails later, for want of a PBX.
@Suite(.enabled(if: Program.isBuilt, "the program is built beside the tests"), .timeLimit(.minutes(10)))
struct ServeGuardTests {
    /// An order, as the command line and as the API give it.
    private struct Try: Sendable {
        var words: [String]
        var path: String
        var body: [String: String]
        /// What becomes of it: `refused` by the guard, `wrong` in itself, or `passes`.
        var expected: Expected

        enum Expected: Int32, Sendable {
            case refused = 77, wrong = 64, passes = 69

            var httpStatus: String {
                switch self {
                case .refused: "403"
                case .wrong: "400"
                case .passes: "503"
                }
            }
        }

        static func call(
            _ expected: Expected,
            _ channel: String,
            _ exten: String = "100",
            context: String = "from-internal"
        ) -> Try {
            Try(
                words: ["originate", channel, exten, "--context", context],
                path: "/api/v1/originate",
                body: ["channel": channel, "exten": exten, "context": context],
                expected: expected
            )
        }

        static func member(_ expected: Expected, _ interface: String) -> Try {
            Try(
                words: ["queue", "add", "support", interface],
                path: "/api/v1/orders/add",
                body: ["queue": "support", "interface": interface],
                expected: expected
            )
        }
    }

    private static let tries: [Try] = [
        .call(.passes, "PJSIP/101"), .call(.passes, "Local/103@from-internal/n"), .call(.passes, "PJSIP/101", "112"),
        .call(.passes, "PJSIP/101", "03012345678"), .call(.passes, "PJSIP/03012345678@trunk"),
        .call(.refused, "PJSIP/101", "00442071234567"), .call(.refused, "PJSIP/101", "+442071234567"),
        .call(.refused, "PJSIP/101", "w00442071234567"), .call(.refused, "PJSIP/101", "*7200442071234567"),
        .call(.refused, "PJSIP/101", "#31#00442071234567"), .call(.refused, "PJSIP/101", "0044207FLOWERS"),
        .call(.refused, "PJSIP/101", "09001234567"), .call(.refused, "PJSIP/101", "11833"),
        .call(.refused, "PJSIP/101", "99999999999"), .call(.refused, "PJSIP/101", "s", context: "outbound-allroutes"),
        .call(.refused, "PJSIP/101", "100", context: "macro-dial"), .call(.refused, "Local/s@outbound-allroutes"),
        .call(.refused, "PJSIP/00442071234567@trunk"), .call(.refused, "PJSIP/trunk/sip:+442071234567;user=phone@gw"),
        .call(.refused, "PJSIP/trunk/sip:%2B442071234567@gw"), .call(.refused, "PJSIP/trunk/tel:+442071234567"),
        .call(.refused, "PJSIP/trunk/tel:2071234567;phone-context=+44"),
        .call(.refused, "PJSIP/trunk/sip:alice@gw?Replaces=1"), .call(.refused, "PJSIP/००४४२०७१२३४५६७@trunk"),
        .call(.refused, "DAHDI/g0/00442071234567"), .call(.refused, "IAX2/user:secret@gw/00442071234567"),
        .call(.refused, "Local/00442071234567@from-internal/n"), .call(.refused, "Local/100@from-internal/n/n"),
        .call(.refused, "PJSIP/101|30"), .call(.wrong, "PJSIP/101&PJSIP/102"), .call(.wrong, "PJSIP/101", "101,1"),
        .call(.wrong, "PJSIP/101", "००४४"), .call(.wrong, "PJSIP/101", "100", context: "a b"), .call(.wrong, "PJSIP"),
        .call(.wrong, "PJSIP/101\r\nAction: Command"), .call(.wrong, "PJSIP/${SHELL(id)}"),
        .member(.passes, "PJSIP/101"), .member(.passes, "Local/101@from-queue/n"),
        .member(.refused, "Local/00442071234567@from-internal"),
        .member(.refused, "PJSIP/101&PJSIP/00442071234567@trunk"),
        .member(.refused, "PJSIP/0044 2071234567@trunk"), .member(.refused, "Local/s@outbound-allroutes"),
        .member(.refused, "PJSIP/${SHELL(id)}@trunk"), .member(.refused, "PJSIP/09001234567@trunk"),
    ]

    @Test func `the server decides as the command line does, and gives the same reason`() async throws {
        var lines: [String] = []
        for attempt in Self.tries {
            let words = attempt.words.map(Self.quoted).joined(separator: " ")
            let body = Self.quoted(String(decoding: try JSONEncoder().encode(attempt.body), as: UTF8.self))
            lines.append(
                """
                echo "cli $(crm-voip \(words) 2>&1 >/dev/null | tr '\\n' ' ' | sed 's/^crm-voip: //'; printf "\\t${PIPESTATUS[0]}")"
                body=\(body); length=$(printf %s "$body" | wc -c)
                echo "web $(ask 'POST \(attempt.path) HTTP/1.1' 'Host: localhost' 'Connection: close' \
                'Sec-Fetch-Site: same-origin' 'Content-Type: application/json' "Content-Length: $length" '' "$body" \
                | tr -d '\\r' | sed -n '1s/HTTP.1.1 \\([0-9]*\\).*/\\1/p; s/^ *"detail": //p' | tr '\\n' '\\t')"
                """
            )
        }
        let table = "CRM_VOIP_PBX_MAIN_"
        let result = try await Self.served(
            lines.joined(separator: "\n"),
            [
                table + "AMI_HOST": "127.0.0.1", table + "AMI_PORT": "1", table + "AMI_USERNAME": "crm",
                table + "AMI_SECRET": "hunter2", table + "REGION": "DE", table + "DIAL_GUARD_PER_MINUTE": "0",
                table + "DIAL_GUARD_AT_ONCE": "0", table + "DIAL_GUARD_PER_DAY": "0",
            ]
        )
        let answers = result.output.split(separator: "\n").filter { $0.hasPrefix("cli ") || $0.hasPrefix("web ") }
        try #require(answers.count == 2 * Self.tries.count, "\(result.output) \(result.errors)")
        for (index, attempt) in Self.tries.enumerated() {
            let (cli, web) = (String(answers[2 * index].dropFirst(4)), String(answers[2 * index + 1].dropFirst(4)))
            #expect(cli.hasSuffix("\t\(attempt.expected.rawValue)"), "\(attempt.words): \(cli)")
            #expect(web.hasPrefix(attempt.expected.httpStatus + "\t"), "\(attempt.words): \(web)")
            guard attempt.expected == .refused else { continue }
            let reason = cli.prefix { $0 != "\t" }.split(separator: " ").joined(separator: " ")
            let detail = web.dropFirst(4).prefix { $0 != "\t" }
            let told = try JSONDecoder().decode(
                String.self,
                from: Data(detail.drop { $0 != "\"" }.through(last: "\"").utf8)
            )
            #expect(told.split(separator: " ").joined(separator: " ") == reason, "\(attempt.words): \(cli) \(web)")
        }
    }

    private static func quoted(_ word: String) -> String { "'\(word.replacing("'", with: "'\\''"))'" }

    private static func served(_ lines: String, _ environment: [String: String]) async throws -> Program.Result {
        try await ServeTests.served("--open-role admin", lines, environment: environment)
    }
}

extension Substring {
    fileprivate func through(last mark: Character) -> String {
        lastIndex(of: mark).map { String(self[...$0]) } ?? String(self)
    }
}
