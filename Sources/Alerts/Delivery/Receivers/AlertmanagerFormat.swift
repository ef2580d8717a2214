import Base

/// Alertmanager's JSON: the body of its webhooks (version 4), and of its API. Its texts are English.
///
/// Source: prometheus/alertmanager, `notify/webhook/webhook.go` and `template/template.go` (0.25).
enum AlertmanagerFormat {
    /// The body of a webhook.
    static func webhook(_ message: AlertMessage, _ context: MessageContext) -> JSON {
        Language.$current.withValue(.english) { body(message, context) }
    }

    private static func body(_ message: AlertMessage, _ context: MessageContext) -> JSON {
        let text = MessageText(message, context)
        let alerts = text.alerts
        let labels = alerts.map(labels)
        let annotations = alerts.map { Self.annotations($0, text) }
        let common = common(labels)
        return [
            "version": "4",
            "groupKey": .string(message.group),
            "truncatedAlerts": 0,
            "receiver": .string(message.receiver),
            "status": text.isResolved ? "resolved" : "firing",
            "alerts": .array(
                zip(alerts, zip(labels, annotations)).map { alert, texts in
                    [
                        "status": .string(alert.status.rawValue),
                        "labels": object(texts.0),
                        "annotations": object(texts.1),
                        "startsAt": .string(time(alert.startedAt)),
                        "endsAt": .string(alert.endedAt.map(time) ?? "0001-01-01T00:00:00Z"),
                        "generatorURL": .string(context.link(to: alert) ?? ""),
                        "fingerprint": .string(alert.identity.fingerprint),
                    ]
                }
            ),
            "groupLabels": object(common.filter { ["alertname", "pbx"].contains($0.key) }),
            "commonLabels": object(common),
            "commonAnnotations": object(Self.common(annotations)),
            "externalURL": .string(context.pages ?? ""),
        ]
    }

    /// The body of `POST /api/v2/alerts`.
    ///
    /// - Parameter firingUntil: when Alertmanager takes a firing alert for resolved if it is not repeated.
    static func api(_ message: AlertMessage, _ context: MessageContext, firingUntil: Moment) -> JSON {
        Language.$current.withValue(.english) { list(message, context, firingUntil) }
    }

    private static func list(_ message: AlertMessage, _ context: MessageContext, _ firingUntil: Moment) -> JSON {
        let text = MessageText(message, context)
        return .array(
            text.alerts.map { alert in
                var members: [(String, JSON)] = [
                    ("labels", object(labels(alert))),
                    ("annotations", object(annotations(alert, text))),
                    ("startsAt", .string(time(alert.startedAt))),
                    ("endsAt", .string(time(alert.endedAt ?? firingUntil))),
                ]
                if let link = context.link(to: alert) { members.append(("generatorURL", .string(link))) }
                return .object(members)
            }
        )
    }

    /// A label's name has letters, digits and underscores only, and does not begin with a digit; one without a value
    /// does not exist.
    static func labels(_ alert: Alert) -> [String: String] {
        var labels: [String: String] = [:]
        for (name, value) in alert.identity.labels where !value.isEmpty {
            var safe = String(name.map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "_" })
            if safe.first.map({ $0.isNumber }) ?? true { safe = "_" + safe }
            labels[safe] = value
        }
        labels["alertname"] = alert.identity.rule
        labels["severity"] = alert.severity.rawValue
        return labels
    }

    private static func annotations(_ alert: Alert, _ text: MessageText) -> [String: String] {
        var annotations = [
            "summary": alert.summary,
            "description": text.lines(alert).dropFirst().joined(separator: "\n"),
        ]
        if !alert.causes.isEmpty { annotations["causes"] = alert.causes.joined(separator: "\n") }
        if !alert.callers.isEmpty { annotations["callers"] = alert.callers.joined(separator: "\n") }
        return annotations.filter { !$0.value.isEmpty }
    }

    private static func common(_ texts: [[String: String]]) -> [String: String] {
        guard let first = texts.first else { return [:] }
        return first.filter { name, value in texts.allSatisfy { $0[name] == value } }
    }

    private static func object(_ texts: [String: String]) -> JSON {
        .object(texts.sorted { $0.key < $1.key }.map { ($0.key, .string($0.value)) })
    }

    /// RFC 3339 in UTC, with milliseconds.
    static func time(_ moment: Moment) -> String {
        let fraction = (moment.microseconds % 1_000_000 + 1_000_000) % 1_000_000
        return moment.iso8601.dropLast() + "." + (fraction / 1000).padded(3) + "Z"
    }
}
