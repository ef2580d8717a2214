@testable import Alerts
import Base
import FuzzSupport
@testable import Services

/// The files in which the alerts, the silences and staffing remember what was, and what the machines make of them.
@main
struct Program {
    static func main() {
        let rule = watched
        let finding = AlertFinding(["pbx": "main", "queue": "support"], 200, "Somebody waits.", path: "/queues")
        let now = Moment(seconds: 1_795_860_000)
        fuzz { start, count in
            let bytes = UnsafeRawBufferPointer(start: start, count: count)
            if let silences: [AlertSilence] = try? StateFile.decoded(bytes) {
                let identity = AlertIdentity(rule: rule.name, labels: finding.labels)
                for silence in silences where silence.isActive(at: now) { _ = silence.matches(identity, .critical) }
            }
            if let memory: AlertMemory = try? StateFile.decoded(bytes) {
                var machine = AlertMachine([rule], continuing: memory)
                for step in 0..<3 {
                    let evaluation = RuleEvaluation(rule.name, step == 1 ? [] : [finding])
                    machine.evaluate([evaluation], at: now.adding(seconds: Int64(step) * 90))
                    _ = machine.deadline
                    for message in machine.memory.outbox { machine.accepted(message.id) }
                }
                _ = memory.differs(from: machine.memory)
            }
            if let memory: StaffingMemory = try? StateFile.decoded(bytes) {
                _ = StaffingMachine([], continuing: memory).memory.differs(from: memory)
            }
        }
    }

    private static var watched: AlertRule {
        var rule = AlertRule("long-wait", .queueWait, NagiosRange(low: 0, high: 120))
        (rule.hold, rule.keep, rule.receivers) = (.seconds(60), .seconds(60), ["leads"])
        return rule
    }
}
