import Base
import Switchboard

/// Figures of the health check, by the names of `[health.*]`.
struct HealthMeasures {
    let rule: AlertRule
    let pbx: AlertSnapshot.PBX

    /// nil if the check did not get the figure. The quality of calls has no figures while there are no calls.
    var findings: [AlertFinding]? {
        guard let measures = pbx.measures?.filter({ $0.name == rule.measure.rawValue }) else { return nil }
        if measures.isEmpty, !rule.measure.isAboutCalls { return nil }
        return measures.map { measure in
            var labels = ["pbx": pbx.name]
            if let subject = measure.subject { labels["subject"] = subject }
            let unit = measure.unit.isEmpty ? "" : " \(measure.unit)"
            let value = (measure.value * 10).rounded() / 10
            let number = value == value.rounded() && value.magnitude < 1e15 ? "\(Int64(value))" : "\(value)"
            let shown = number.replacing(".", with: Language.current.decimalSeparator) + unit
            let (name, pbx) = (rule.measure.rawValue, pbx.name)
            let summary =
                measure.subject.map { localized("\(name) of \($0) is \(shown) on \(pbx).") }
                ?? localized("\(name) is \(shown) on \(pbx).")
            return AlertFinding(labels, measure.value, summary, path: "/health")
        }
    }
}

extension AlertMeasure {
    /// Whether the figure exists only while there are calls.
    fileprivate var isAboutCalls: Bool {
        switch self {
        case .jitter, .packetLoss, .mediaRoundTrip, .mediaExperience, .answeredPercent, .shortCallsPercent: true
        default: false
        }
    }
}
