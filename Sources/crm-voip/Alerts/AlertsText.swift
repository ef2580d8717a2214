import Alerts
import Base
import Services

/// Alerts and silences as text and JSON.
enum AlertsText {
    static func json(_ alerts: [ListedAlert], _ silences: [AlertSilence], at: Moment?) -> JSON {
        [
            "at": at.map { .string($0.iso8601) } ?? .null,
            "alerts": .array(alerts.map(\.json)),
            "silences": .array(silences.map(\.json)),
        ]
    }

    static func table(_ alerts: [ListedAlert], _ silences: [AlertSilence], style: Style) -> String {
        let rows = alerts.map { alert in
            [
                alert.phase.rawValue, alert.severity.rawValue, alert.identity.rule, labels(alert.identity),
                alert.since.iso8601, alert.summary,
            ]
        }
        var text =
            rows.isEmpty
            ? "No alerts.\n"
            : LiveText.table(["STATE", "SEVERITY", "RULE", "ABOUT", "SINCE", "FINDING"], rows, style: style)
        if !silences.isEmpty {
            let rows = silences.map { silence in
                [
                    silence.id, silence.matchers.map(\.description).joined(separator: " "), silence.until.iso8601,
                    silence.author, silence.comment,
                ]
            }
            text += "\n" + LiveText.table(["SILENCE", "CONDITIONS", "UNTIL", "BY", "WHY"], rows, style: style)
        }
        return text
    }

    private static func labels(_ identity: AlertIdentity) -> String {
        identity.labels.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: " ")
    }
}
