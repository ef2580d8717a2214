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
            callers: queue.callers.prefix(10).map { localized("\($0.shown), waiting \(DurationText.of(wait($0)))") },
            path: "/queues?queues=\(AlertPath.encoded(queue.name))"
        )
    }

    /// The value and a sentence with it.
    func figure(_ queue: AlertSnapshot.Queue) -> (Double, String) {
        let (name, waiting) = (queue.name, queue.callers.count)
        let free = queue.members.count { $0.isFree }
        let callers = localized(
            waiting,
            one: "\(waiting) caller is waiting in \(name)",
            other: "\(waiting) callers are waiting in \(name)"
        )
        switch rule.measure {
        case .queueWait:
            let longest = queue.callers.map { wait($0) }.max() ?? .zero
            return (
                longest.inSeconds,
                waiting == 0
                    ? localized("Nobody is waiting in \(name).")
                    : localized("The longest caller in \(name) has been waiting for \(DurationText.of(longest)).")
            )
        case .callersPerFreeAgent:
            let value = Double(waiting) / Double(max(1, free))
            return (value, localized("\(callers) for \(Self.free(free)).", context: "callers who wait for agents"))
        case .unservedCallers:
            let summary = localized("\(callers), and \(Self.areFree(free)).", context: "callers who wait, and agents")
            return (free == 0 ? Double(waiting) : 0, summary)
        case .queueFreeAgents: return (Double(free), localized("In \(name) \(Self.areFree(free)).", context: "queue"))
        case .queueMembers:
            let count = queue.members.count { $0.isLoggedIn }
            return (Double(count), localized("In \(name) \(Self.areLoggedIn(count)).", context: "queue"))
        case .queueReadyAgents:
            let count = queue.members.count { $0.isLoggedIn && !$0.isPaused }
            return (Double(count), localized("In \(name) \(Self.areReady(count)).", context: "queue"))
        default: return (Double(waiting), callers + ".")
        }
    }

    private func wait(_ caller: AlertSnapshot.Caller) -> Duration { max(.zero, now - caller.since) }

    /// `no free agent`, `1 free agent`, `2 free agents`
    private static func free(_ count: Int) -> String {
        if count == 0 { return localized("no free agent") }
        return localized(count, one: "\(count) free agent", other: "\(count) free agents")
    }

    /// `no agent is free`, `1 agent is free`, `2 agents are free`
    private static func areFree(_ count: Int) -> String {
        if count == 0 { return localized("no agent is free") }
        return localized(count, one: "\(count) agent is free", other: "\(count) agents are free")
    }

    private static func areLoggedIn(_ count: Int) -> String {
        if count == 0 { return localized("no agent is logged in") }
        return localized(count, one: "\(count) agent is logged in", other: "\(count) agents are logged in")
    }

    private static func areReady(_ count: Int) -> String {
        if count == 0 { return localized("no agent is ready") }
        return localized(count, one: "\(count) agent is ready", other: "\(count) agents are ready")
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
