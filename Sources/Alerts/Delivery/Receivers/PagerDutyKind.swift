import Base

/// A service of PagerDuty, by its Events API v2. Every alert is an incident of its own, known by its fingerprint.
///
/// Source: https://developer.pagerduty.com/docs/events-api-v2/trigger-events/
struct PagerDutyKind: HTTPReceiverKind {
    let url: EndpointURL
    /// The integration key of the service.
    let routingKey: String

    func requests(_ message: OutgoingMessage, _ context: MessageContext, now: Moment) -> [HTTPRequest] {
        let text = MessageText(message.message, context)
        // A sign of life would open an incident; PagerDuty watches its integrations in its own way.
        if message.message.reason == .alive { return [] }
        return text.alerts.flatMap { alert -> [HTTPRequest] in
            let isOver = alert.status == .resolved || message.message.reason == .test
            // What PagerDuty has never heard of cannot be resolved: it would be dropped in silence.
            let begins = alert.status == .firing || message.isFirstNewsOfResolved
            return [begins ? "trigger" : nil, isOver ? "resolve" : nil].compactMap { action in
                action.map { request($0, alert, text, context) }
            }
        }
    }

    private func request(
        _ action: String,
        _ alert: Alert,
        _ text: MessageText,
        _ context: MessageContext
    ) -> HTTPRequest {
        let labels = AlertmanagerFormat.labels(alert)
        var members: [(String, JSON)] = [
            ("routing_key", .string(routingKey)),
            ("event_action", .string(action)),
            ("dedup_key", .string(alert.identity.fingerprint)),
        ]
        if action == "trigger" {
            members.append(
                (
                    "payload",
                    [
                        "summary": .string(String(MessageText.line(alert.text.summary).prefix(1024))),
                        "source": .string(labels["pbx"] ?? context.host),
                        "severity": .string(alert.severity.rawValue),
                        "timestamp": .string(AlertmanagerFormat.time(alert.startedAt)),
                        "component": .string(labels["queue"] ?? labels["trunk"] ?? labels["agent"] ?? "pbx"),
                        "group": .string(text.message.group),
                        "class": .string(alert.identity.rule),
                        "custom_details": [
                            "text": .string(String(text.lines(alert).joined(separator: "\n").prefix(10_000)))
                        ],
                    ]
                )
            )
            if let link = context.link(to: alert) {
                members.append(("links", [["href": .string(link), "text": .string(localized("Show it"))]]))
            }
        }
        var request = HTTPRequest.json(url, JSON.object(members).line)
        request.secrets = [routingKey]
        return request
    }
}
