@testable import Alerts
import Base
import Glibc
import TestSupport
import Testing

@Suite struct ReceiverTests {
    private let context = MessageContext(pages: "https://pbx.example.com", host: "pbx1")

    private func url(_ text: String) throws -> EndpointURL { try #require(EndpointURL(text)) }

    private func json(_ request: HTTPRequest) -> JSON? { JSON(parsing: String(decoding: request.body, as: UTF8.self)) }

    @Test func `Slack gets a title and a coloured attachment, with its own characters escaped`() throws {
        let kind = SlackKind(url: try url("https://hooks.example.com/services/T/B/key"))
        let outgoing = OutgoingMessage(message("a", alerts: [alert(callers: ["<!channel>"])]))
        let request = try #require(kind.requests(outgoing, context, now: ten).first)
        #expect(
            json(request) == [
                "text": "[CRITICAL] The longest caller in support has been waiting for 2:40.",
                "attachments": [
                    [
                        "color": "#e01e5a",
                        "fallback": "The longest caller in support has been waiting for 2:40.",
                        "text":
                            """
                        The longest caller in support has been waiting for 2:40.\nSince 10:01.\nCallers: &lt;!channel&gt;
                        """,
                        "title": "Show it", "title_link": "https://pbx.example.com/queues?queue=support",
                    ]
                ],
            ]
        )
        #expect(request.secrets == ["/services/T/B/key"])
        let refused = HTTPAnswer(status: 200, body: Array("{\"ok\":false,\"error\":\"invalid_auth\"}".utf8))
        #expect(kind.outcome(of: refused, now: ten)?.reason == "hooks.example.com:443 answered \"invalid_auth\"")
        #expect(kind.outcome(of: HTTPAnswer(status: 200, body: Array("ok".utf8)), now: ten) == nil)
    }

    @Test func `Telegram gets HTML, says in its body how long to wait, and its token is a secret`() throws {
        let kind = TelegramKind(server: try url("https://api.telegram.org"), token: "1:abc", chat: "-100")
        let request = try #require(kind.requests(OutgoingMessage(message("a")), context, now: ten).first)
        #expect(request.url.target == "/bot1:abc/sendMessage")
        #expect(request.secrets == ["1:abc"])
        #expect(String(decoding: request.body, as: UTF8.self).contains("\"parse_mode\":\"HTML\""))
        let busy = HTTPAnswer(
            status: 429,
            body: Array("{\"ok\":false,\"error_code\":429,\"parameters\":{\"retry_after\":35}}".utf8)
        )
        #expect(
            kind.outcome(of: busy, now: ten) == .retry(reason: "api.telegram.org:443 answered 429", after: .seconds(35))
        )
    }

    @Test func `a text for Telegram has at most 4096 characters, and no entity is cut`() {
        let text = TelegramKind.html(title: "<t>", body: String(repeating: "&", count: 5000))
        #expect(text.hasPrefix("<b>&lt;t&gt;</b>\n&amp;"))
        #expect(text.hasSuffix("&amp;…"))
        // Title 3, line feed 1, body 4092 of which the last is the mark.
        #expect(text.count { $0 == "&" } - 2 == 4091)
    }

    @Test func `ntfy gets a priority and a link`() throws {
        let kind = NtfyKind(url: try url("https://ntfy.sh"), topic: "secret-topic", token: "tk")
        let request = try #require(kind.requests(OutgoingMessage(message("a")), context, now: ten).first)
        #expect(
            json(request) == [
                "topic": "secret-topic", "title": "[CRITICAL] The longest caller in support has been waiting for 2:40.",
                "message": """
                The longest caller in support has been waiting for 2:40.\nSince 10:01.\nhttps://pbx.example.com/queues?queue=support
                """,
                "priority": 5, "tags": ["rotating_light"], "click": "https://pbx.example.com/queues?queue=support",
            ]
        )
        #expect(request.headers.contains { $0.name == "Authorization" && $0.value == "Bearer tk" })
    }

    @Test func `PagerDuty gets an incident for each alert, and the end of one it never heard of after its begin`()
        throws
    {
        let kind = PagerDutyKind(url: try url("https://events.pagerduty.com/v2/enqueue"), routingKey: "R")
        func actions(_ outgoing: OutgoingMessage) -> [String] {
            kind.requests(outgoing, context, now: ten).map { request in
                guard case .object(let members)? = json(request),
                    case .string(let action)? = members.first(where: {
                        $0.0 == "event_action"
                    })?.1
                else { return "" }
                return action
            }
        }
        #expect(actions(OutgoingMessage(message("a", alerts: [alert(), alert("b")]))) == ["trigger", "trigger"])
        #expect(actions(OutgoingMessage(message("b", .resolved), root: "a")) == ["resolve"])
        #expect(actions(OutgoingMessage(message("b", .resolved))) == ["trigger", "resolve"])
        #expect(actions(OutgoingMessage(message("t", .test, alerts: []))) == ["trigger", "resolve"])
        #expect(actions(OutgoingMessage(message("l", .alive, alerts: []))) == [])
        let request = try #require(kind.requests(OutgoingMessage(message("a")), context, now: ten).first)
        #expect(
            json(request) == [
                "routing_key": "R", "event_action": "trigger", "dedup_key": .string(alert().identity.fingerprint),
                "payload": [
                    "summary": "The longest caller in support has been waiting for 2:40.", "source": "main",
                    "severity": "critical", "timestamp": "2026-11-28T10:01:00.000Z", "component": "support",
                    "group": "long-wait/main", "class": "long-wait",
                    "custom_details": [
                        "text": "The longest caller in support has been waiting for 2:40.\nSince 10:01."
                    ],
                ],
                "links": [["href": "https://pbx.example.com/queues?queue=support", "text": "Show it"]],
            ]
        )
    }

    @Test func `a template is filled with escaped values, and an unknown name is told`() throws {
        let quoted = message("a", alerts: [alert("long-wait", ["queue": "a\"b\\\n"])])
        let json = try MessageTemplate(#"{"content":"{{ status }} {{labels.queue}}"}"#, isJSON: true)
        #expect(json.filled(with: quoted, context) == #"{"content":"firing a\"b\\\n"}"#)
        let form = try MessageTemplate("m={{labels.queue}}&s={{severity}}", isJSON: false)
        #expect(form.filled(with: quoted, context) == "m=a%22b%5C%0A&s=critical")
        #expect { try MessageTemplate("{{sumary}}", isJSON: true) } throws: {
            "\($0)".hasPrefix("Unknown name {{sumary}}")
        }
        #expect(throws: DeliveryError.self) { try MessageTemplate("{{summary", isJSON: true) }
        for name in MessageTemplate.names { _ = try MessageTemplate("{{\(name.name)}}", isJSON: true) }
    }

    // MARK: Programs

    private func program(_ script: String, timeout: Duration = .seconds(10)) throws -> any AlertReceiver {
        var options = ReceiverOptions(name: "script")
        options.timeout = timeout
        return try ReceiverFactory(context: context).receiver(options, .command(["/bin/sh", "-c", script, "sh"]))
    }

    @Test(
        .timeLimit(.minutes(10)),
        arguments: [
            ("exit 0", DeliveryOutcome.delivered()),
            ("exit 75", .retry(reason: "/bin/sh asks for another attempt (status 75)")),
            ("exit 3", .rejected(reason: "/bin/sh ended with status 3")),
            ("kill -9 $$", .retry(reason: "/bin/sh was killed by a signal")),
        ]
    ) func `the status of a program decides`(script: String, outcome: DeliveryOutcome) async throws {
        #expect(try await program(script).deliver(OutgoingMessage(message("a"))) == outcome)
    }

    @Test(.timeLimit(.minutes(10))) func `a program gets the alert as JSON and as variables, and nothing else`()
        async throws
    {
        let folder = try TestFolder()
        let script = "cat > \(folder.path)/in; env > \(folder.path)/env"
        #expect(try await program(script).deliver(OutgoingMessage(message("a"))) == .delivered())
        let input = String(decoding: try SmallFile(path: folder.path + "/in").bytes, as: UTF8.self)
        #expect(JSON(parsing: input) == AlertmanagerFormat.webhook(message("a"), context))
        let variables = String(decoding: try SmallFile(path: folder.path + "/env").bytes, as: UTF8.self)
        #expect(variables.contains("CRM_VOIP_ALERT_ID=a\n"))
        #expect(variables.contains("CRM_VOIP_ALERT_LABEL_QUEUE=support\n"))
        #expect(!variables.contains("USER="))
    }

    @Test(.timeLimit(.minutes(10))) func `a program that takes too long is killed with everything it started`()
        async throws
    {
        let folder = try TestFolder()
        let script = "sh -c 'sleep 2; touch \(folder.path)/late' & wait"
        let outcome = try await program(script, timeout: .milliseconds(500)).deliver(OutgoingMessage(message("a")))
        #expect(outcome.reason?.hasPrefix("/bin/sh was killed, because it took longer") == true)
        try await Task.sleep(for: .seconds(2.5))
        #expect(access(folder.path + "/late", F_OK) != 0)
    }

    @Test(.timeLimit(.minutes(10))) func `a program that does not read its input or does not exist`() async throws {
        let long = message("a", alerts: [alert(causes: [String(repeating: "x", count: 1 << 20)])])
        #expect(try await program("exit 0").deliver(OutgoingMessage(long)) == .delivered())
        let missing = try ReceiverFactory(context: context).receiver(
            ReceiverOptions(name: "x"),
            .command(["/nonexistent"])
        )
        #expect(await missing.deliver(OutgoingMessage(long)) == .retry(reason: "/nonexistent cannot be run"))
    }

    @Test(.timeLimit(.minutes(10)))
    func `sendmail gets a mail with line feeds, and its statuses are those of sysexits`() async throws {
        let folder = try TestFolder()
        let path = folder.path + "/sendmail"
        let script = "#!/bin/sh\necho \"$@\" > \(folder.path)/args\ncat > \(folder.path)/mail\n"
        try AtomicFile.replace(path, with: Array(script.utf8), permissions: 0o700)
        let mail = MailOptions(from: try #require(MailAddress("a@b")), to: [try #require(MailAddress("c@d"))])
        let receiver = try ReceiverFactory(context: context).receiver(
            ReceiverOptions(name: "m"),
            .sendmail(mail, path: path)
        )
        #expect(await receiver.deliver(OutgoingMessage(message("a"))) == .delivered())
        #expect(String(decoding: try SmallFile(path: folder.path + "/args").bytes, as: UTF8.self) == "-t -i\n")
        let text = String(decoding: try SmallFile(path: folder.path + "/mail").bytes, as: UTF8.self)
        #expect(text.hasPrefix("From: a@b\nTo: c@d\n"))
        #expect(MailReceiver.outcome(of: .exited(75), "s") == .retry(reason: "s ended with status 75"))
        #expect(MailReceiver.outcome(of: .exited(67), "s") == .rejected(reason: "s ended with status 67"))
    }
}
