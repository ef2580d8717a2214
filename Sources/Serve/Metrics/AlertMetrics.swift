import Services

/// How many alerts are in which state. Every state and severity has a series, so that none vanishes.
struct AlertMetrics: Sendable {
    let alerts: [ListedAlert]

    var families: [MetricFamily] {
        var family = MetricFamily("crm_voip_alerts", .gauge, "Alerts that are not over, by state and severity.")
        for phase in ListedAlert.Phase.allCases {
            for severity in ListedAlert.severityNames {
                let count = alerts.count { $0.phase == phase && $0.severityName == severity }
                family.add(Double(count), [("state", phase.rawValue), ("severity", severity)])
            }
        }
        return [family]
    }
}
