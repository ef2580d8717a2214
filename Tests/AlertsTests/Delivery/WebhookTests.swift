@testable import Alerts
import Base
import TestSupport
import Testing

@Suite struct WebhookTests {
    private let context = MessageContext(pages: "https://pbx.example.com/")

    @Test func `the body has the fields of Alertmanager's version 4`() throws {
        let callers = alert(until: ten + 540, causes: ["Three are at lunch."], callers: ["…4567"])
        let outgoing = OutgoingMessage(message("a", .resolved, alerts: [callers]))
        let url = try #require(EndpointURL("https://example.com/hook"))
        let request = try #require(WebhookKind(url: url).requests(outgoing, context, now: ten).first)
        // Field by field as in notify/webhook/webhook.go of Alertmanager 0.25.
        let expected: JSON = [
            "version": "4", "groupKey": "long-wait/main", "truncatedAlerts": 0, "receiver": "hook",
            "status": "resolved",
            "alerts": [
                [
                    "status": "resolved",
                    "labels": [
                        "alertname": "long-wait", "pbx": "main", "queue": "support", "severity": "critical",
                    ],
                    "annotations": [
                        "callers": "…4567", "causes": "Three are at lunch.",
                        "description":
                            "Fired 10:01, over 10:09 (8:00).\n- Three are at lunch.\nCallers: …4567",
                        "summary": "The longest caller in support has been waiting for 2:40.",
                    ],
                    "startsAt": "2026-11-28T10:01:00.000Z", "endsAt": "2026-11-28T10:09:00.000Z",
                    "generatorURL": "https://pbx.example.com/queues?queue=support",
                    "fingerprint": .string(callers.identity.fingerprint),
                ]
            ],
            "groupLabels": ["alertname": "long-wait", "pbx": "main"],
            "commonLabels": ["alertname": "long-wait", "pbx": "main", "queue": "support", "severity": "critical"],
            "commonAnnotations": [
                "callers": "…4567", "causes": "Three are at lunch.",
                "description": "Fired 10:01, over 10:09 (8:00).\n- Three are at lunch.\nCallers: …4567",
                "summary": "The longest caller in support has been waiting for 2:40.",
            ],
            "externalURL": "https://pbx.example.com",
        ]
        #expect(JSON(parsing: String(decoding: request.body, as: UTF8.self)) == expected)
    }

    @Test func `a firing alert ends never, as Alertmanager writes it, and a sign of life has an alert`() throws {
        let firing = AlertmanagerFormat.webhook(message("a"), context).line
        #expect(firing.contains("\"endsAt\":\"0001-01-01T00:00:00Z\""))
        let alive = AlertmanagerFormat.webhook(message("b", .alive, alerts: []), context).line
        #expect(alive.contains("\"alertname\":\"alive\""))
    }

    @Test func `the body is signed with the secret, and the token is a bearer's`() throws {
        let url = try #require(EndpointURL("https://example.com/hook"))
        let kind = WebhookKind(url: url, secret: "Jefe", token: "t")
        let request = try #require(kind.requests(OutgoingMessage(message("a")), context, now: ten).first)
        let code = HMAC.sha256(request.body, key: Array("Jefe".utf8))
        let fields = request.headers.map { "\($0.name): \($0.value)" }
        #expect(fields.contains("X-CRM-VoIP-Signature: sha256=\(code ?? "")"))
        #expect(fields.contains("X-CRM-VoIP-Id: a"))
        #expect(fields.contains("Authorization: Bearer t"))
    }

    @Test func `every moment can be written`() {
        #expect(AlertmanagerFormat.time(Moment(microseconds: 1_795_860_000_007_000)) == "2026-11-28T10:00:00.007Z")
        #expect(AlertmanagerFormat.time(Moment(microseconds: -1000)) == "1969-12-31T23:59:59.999Z")
        #expect(AlertmanagerFormat.time(.distantPast).hasSuffix("Z"))
        #expect(MailMessage.written(.distantFuture).hasSuffix("+0000"))
    }

    @Test func `names of labels suit Alertmanager`() {
        let odd = alert("r", ["1st-trunk": "a", "zone ä": "b", "empty": ""])
        #expect(
            AlertmanagerFormat.labels(odd)
                == ["alertname": "r", "severity": "critical", "_1st_trunk": "a", "zone__": "b"]
        )
    }

    @Test func `an alert that fires lasts five minutes in Alertmanager, and one that is over has its end`() throws {
        let kind = AlertmanagerKind(url: try #require(EndpointURL("http://am:9093")))
        let firing = try #require(kind.requests(OutgoingMessage(message("a")), context, now: ten).first)
        #expect(firing.url.target == "/api/v2/alerts")
        #expect(String(decoding: firing.body, as: UTF8.self).contains("\"endsAt\":\"2026-11-28T10:05:00.000Z\""))
        let over = try #require(kind.requests(OutgoingMessage(message("b", .resolved)), context, now: ten).first)
        #expect(String(decoding: over.body, as: UTF8.self).contains("\"endsAt\":\"2026-11-28T10:09:00.000Z\""))
    }
}
