import Base
import CallRecords

/// Figures of the queues as they are now.
struct QueueMeasures {
    let rule: AlertRule
    let pbx: AlertSnapshot.PBX
    let now: Moment

    var findings: [AlertFinding] {
        pbx.queues.filter { AlertRule.isNamed($0.name, in: rule.queues) }.map { finding($0) }
    }

    private func finding(_ queue: AlertSnapshot.Queue) -> AlertFinding {
        let (value, summary) = figure(queue)
        return AlertFinding(
            ["pbx": pbx.name, "queue": QueueName.key(queue.name)],
            value,
            summary,
            causes: AlertCauses(pbx: pbx, now: now).of(queue),
            callers: queue.callers.prefix(10).map { "\($0.shown), waiting \(DurationText.of(wait($0)))" },
            path: "/queues?queues=\(AlertPath.encoded(queue.name))"
        )
    }

    /// The value and a sentence with it.
    func figure(_ queue: AlertSnapshot.Queue) -> (Double, String) {
        let (name, waiting) = (queue.name, queue.callers.count)
        let free = queue.members.count { $0.isFree }
        let callers = waiting == 1 ? "1 caller is" : "\(waiting) callers are"
        switch rule.measure {
        case .queueWait:
            let longest = queue.callers.map { wait($0) }.max() ?? .zero
            return (
                longest.inSeconds,
                waiting == 0
                    ? "Nobody is waiting in \(name)."
                    : "The longest caller in \(name) has been waiting for \(DurationText.of(longest))."
            )
        case .callersPerFreeAgent:
            let value = Double(waiting) / Double(max(1, free))
            return (value, "\(callers) waiting in \(name) for \(Self.agents(free, "free")).")
        case .unservedCallers:
            return (
                free == 0 ? Double(waiting) : 0,
                "\(callers) waiting in \(name), and \(Self.agents(free, "free", "is", "are"))."
            )
        case .queueFreeAgents: return (Double(free), "In \(name) \(Self.agents(free, "free", "is", "are")).")
        case .queueMembers:
            let count = queue.members.count { $0.isLoggedIn }
            return (Double(count), "In \(name) \(Self.agents(count, "logged in", "is", "are")).")
        case .queueReadyAgents:
            let count = queue.members.count { $0.isLoggedIn && !$0.isPaused }
            return (Double(count), "In \(name) \(Self.agents(count, "ready", "is", "are")).")
        default: return (Double(waiting), "\(callers) waiting in \(name).")
        }
    }

    private func wait(_ caller: AlertSnapshot.Caller) -> Duration { max(.zero, now - caller.since) }

    /// `no agent is free`, `1 agent is free`, `2 agents are free`; without verbs `no free agent` and so on.
    private static func agents(_ count: Int, _ word: String, _ one: String? = nil, _ many: String = "") -> String {
        let number = count == 0 ? "no" : "\(count)"
        guard let one else { return "\(number) \(word) \(count > 1 ? "agents" : "agent")" }
        return "\(number) \(count > 1 ? "agents \(many)" : "agent \(one)") \(word)"
    }
}

/// Paths of our pages.
enum AlertPath {
    /// A value in a query, percent-encoded (RFC 3986).
    static func encoded(_ value: String) -> String {
        var text = ""
        for byte in value.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."):
                text.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                let digits = String(byte, radix: 16, uppercase: true)
                text += "%" + (digits.utf8.count == 1 ? "0" : "") + digits
            }
        }
        return text
    }
}
