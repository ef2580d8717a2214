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
            ? localized("No alerts.", context: "alerts") + "\n"
            : LiveText.table(
                [
                    localized("STATE", context: "heading"),
                    localized("SEVERITY", context: "heading"),
                    localized("RULE", context: "heading"),
                    localized("ABOUT", context: "heading"),
                    localized("SINCE", context: "heading"),
                    localized("FINDING", context: "heading"),
                ],
                rows,
                style: style
            )
        if !silences.isEmpty {
            let rows = silences.map { silence in
                [
                    silence.id, silence.matchers.map(\.description).joined(separator: " "), silence.until.iso8601,
                    silence.author, silence.comment,
                ]
            }
            text +=
                "\n"
                + LiveText.table(
                    [
                        localized("SILENCE", context: "heading"),
                        localized("CONDITIONS", context: "heading"),
                        localized("UNTIL", context: "heading"),
                        localized("BY", context: "heading"),
                        localized("WHY", context: "heading"),
                    ],
                    rows,
                    style: style
                )
        }
        return text
    }

    private static func labels(_ identity: AlertIdentity) -> String {
        identity.labels.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: " ")
    }
}
