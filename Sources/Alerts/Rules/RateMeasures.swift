import Base
import CallRecords

/// Percentages of the visits to a queue that began within the rule's window.
struct RateMeasures {
    let rule: AlertRule
    let pbx: AlertSnapshot.PBX
    let now: Moment

    var findings: [AlertFinding] {
        var visits: [String: [AlertSnapshot.Visit]] = [:]
        for visit in pbx.visits where now - visit.enteredAt <= rule.window {
            visits[QueueName.key(visit.queue), default: []].append(visit)
        }
        let queues = pbx.queues.filter { AlertRule.isNamed($0.name, in: rule.queues) }
        return queues.compactMap { queue in finding(queue, visits[QueueName.key(queue.name)] ?? []) }
    }

    /// Of fewer calls than the least a percentage means nothing: an alert is then neither raised nor cleared. Without any
    /// call there is nothing to be wrong, unless the window began before visits were observed.
    private func finding(_ queue: AlertSnapshot.Queue, _ visits: [AlertSnapshot.Visit]) -> AlertFinding? {
        let isLevel = rule.measure == .serviceLevel
        let whole = visits.count { isLevel ? $0.isInWhole : $0.isCounted }
        let part = visits.count { isLevel ? $0.isInPart : $0.isAbandoned }
        if whole == 0, now - pbx.visitsSince >= rule.window { return nil }
        let isEnough = whole > 0 && whole >= rule.least
        let percent = isEnough ? Double(part) / Double(whole) * 100 : .nan
        let shown = isEnough ? "\(Int(percent.rounded())) %" : localized("unknown")
        let (name, minutes) = (queue.name, rule.window.wholeSeconds / 60)
        let summary =
            isLevel
            ? localized(
                "The service level of \(name) in the last \(minutes) minutes is \(shown) (\(part) of \(whole) calls)."
            )
            : localized(
                "The share of callers in \(name) who gave up in the last \(minutes) minutes is \(shown) (\(part) of \(whole) calls)."
            )
        return AlertFinding(
            ["pbx": pbx.name, "queue": QueueName.key(queue.name)],
            percent,
            summary,
            causes: AlertCauses(pbx: pbx, now: now).of(queue),
            path: "/queues?queues=\(AlertPath.encoded(queue.name))"
        )
    }
}
