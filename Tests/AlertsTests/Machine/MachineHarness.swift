import Base
import TestSupport

@testable import Alerts

/// Drives a machine with one rule about one queue.
struct MachineHarness {
    static let start = Moment(seconds: 1_764_000_000)
    var machine: AlertMachine
    let rules: [AlertRule]
    let timing: AlertTiming
    private(set) var sent: [AlertMessage] = []
    private(set) var transitions: [AlertMachine.Transition] = []

    init(_ rules: [AlertRule], _ timing: AlertTiming = AlertTiming(groupWait: .zero, groupInterval: .zero)) {
        (self.rules, self.timing) = (rules, timing)
        machine = AlertMachine(rules, timing, continuing: AlertMemory(at: Self.start))
    }

    /// Waits of more than 100 s alarm; 50 s and less clear.
    static func rule(
        hold: Duration = .zero,
        keep: Duration = .zero,
        receivers: [String] = ["mail"]
    ) -> AlertRule {
        var rule = AlertRule("wait", .queueWait, NagiosRange(low: 0, high: 100))
        rule.clear = NagiosRange(low: 0, high: 50)
        (rule.hold, rule.keep, rule.receivers) = (hold, keep, receivers)
        return rule
    }

    static func at(_ seconds: Double) -> Moment { start + .milliseconds(Int64((seconds * 1000).rounded())) }

    static func finding(_ queue: String, _ value: Double) -> AlertFinding {
        AlertFinding(["pbx": "main", "queue": queue], value, "\(value)", path: "/queues")
    }

    /// Evaluates at a time in seconds; a value for each queue, or nothing known about the PBX.
    mutating func evaluate(_ seconds: Double, queues values: [String: Double]?, silences: [AlertSilence] = []) {
        let evaluations = rules.map { rule in
            RuleEvaluation(
                rule.name,
                (values ?? [:]).map { Self.finding($0.key, $0.value) },
                blindness: values == nil ? .pbxs(["main"]) : .none
            )
        }
        transitions += machine.evaluate(evaluations, silences: silences, at: Self.at(seconds))
        for message in machine.memory.outbox {
            sent.append(message)
            machine.accepted(message.id)
        }
    }

    mutating func evaluate(_ seconds: Double, _ value: Double?, silences: [AlertSilence] = []) {
        evaluate(seconds, queues: value.map { ["support": $0] }, silences: silences)
    }

    /// The messages as `reason: status status`.
    var story: [String] {
        sent.map { message in
            let alerts = message.alerts.map { "\($0.identity.labels["queue"] ?? "?") \($0.status.rawValue)" }
            return "\(message.reason.rawValue): \(alerts.joined(separator: ", "))"
        }
    }
}
