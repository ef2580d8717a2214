import Base

/// The words of a message, the same for every receiver that is read by people.
struct MessageText: Sendable {
    let message: AlertMessage
    let context: MessageContext

    init(_ message: AlertMessage, _ context: MessageContext) { (self.message, self.context) = (message, context) }

    /// The alerts; a sign of life and a test have one, so that every receiver has something to show.
    var alerts: [Alert] {
        guard message.alerts.isEmpty else { return message.alerts }
        let isTest = message.reason == .test
        return [
            Alert(
                identity: AlertIdentity(rule: isTest ? "test" : "alive", labels: ["host": context.host]),
                severity: .info,
                status: .firing,
                startedAt: message.createdAt,
                endedAt: nil,
                summary: isTest
                    ? localized("This is a test: crm-voip on \(context.host) can reach this receiver.")
                    : localized(
                        "The alerts of crm-voip on \(context.host) are running. This message comes once a day."
                    ),
                path: "/"
            )
        ]
    }

    /// The highest severity.
    var severity: AlertSeverity { alerts.map(\.severity).max() ?? .info }

    /// Whether everything in it is over.
    var isResolved: Bool { alerts.allSatisfy { $0.status == .resolved } }

    /// One line without line breaks: `[CRITICAL] The longest caller …`.
    var title: String {
        let alerts = alerts
        let first = alerts.first.map { Self.line($0.text.summary) } ?? ""
        let more = alerts.count - 1
        return more > 0 ? localized("[\(label)] \(first) (and \(more) more)") : "[\(label)] \(first)"
    }

    /// The state in one word: `CRITICAL`, `STILL WARNING`, `RESOLVED`, `TEST`.
    var label: String {
        switch message.reason {
        case .test: localized("TEST")
        case .alive: localized("RUNNING")
        case .call: localized("CALL")
        case .digest: localized("MISSED CALLS")
        case .reminder where !isResolved: localized("STILL \(severity.title)")
        default: isResolved ? localized("RESOLVED") : severity.title
        }
    }

    /// What is said of one alert, line by line.
    func lines(_ alert: Alert) -> [String] {
        let text = alert.text
        var lines = [Self.line(text.summary)]
        if message.isAboutAlerts { lines.append(span(alert)) }
        lines += text.causes.map { "- " + Self.line($0) }
        if !text.callers.isEmpty {
            lines.append(localized("Callers: \(text.callers.map(Self.line).joined(separator: ", "))"))
        }
        return lines
    }

    /// The whole text, with links.
    var body: String {
        alerts.map { alert in
            let link = context.link(to: alert).map { [$0] } ?? []
            return (lines(alert) + link).joined(separator: "\n")
        }
        .joined(separator: "\n\n")
    }

    /// `Since 10:01.` or `Fired 10:01, over 10:09 (8:00).`
    private func span(_ alert: Alert) -> String {
        let start = context.time(alert.startedAt, besides: message.createdAt)
        guard alert.status == .resolved, let endedAt = alert.endedAt else { return localized("Since \(start).") }
        let end = context.time(endedAt, besides: message.createdAt)
        let length = DurationText.of(seconds: max(0, endedAt.seconds(since: alert.startedAt)))
        return localized("Fired \(start), over \(end) (\(length)).")
    }

    /// A text on one line, without characters that control a terminal or change the direction of text.
    static func line(_ text: String) -> String {
        PrintableText.of(text.split { $0.isNewline }.joined(separator: " "))
    }
}

extension AlertSeverity {
    /// The severity in front of a message.
    fileprivate var title: String {
        switch self {
        case .info: localized("INFO")
        case .warning: localized("WARNING")
        case .critical: localized("CRITICAL")
        }
    }
}
