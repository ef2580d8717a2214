import Base

/// Figures of agents. An agent of several queues counts once.
struct AgentMeasures {
    let rule: AlertRule
    let pbx: AlertSnapshot.PBX
    let now: Moment

    var findings: [AlertFinding] {
        switch rule.measure {
        case .agentPause: members.map { pause($0) }
        case .agentUnanswered:
            pbx.unanswered.filter { concerns($0.key) }.map { name, count in
                let summary = localized(
                    count,
                    one: "\(name) did not answer \(count) call in a row.",
                    other: "\(name) did not answer \(count) calls in a row."
                )
                return finding(name, Double(count), summary)
            }
        default: calls
        }
    }

    private var members: [AlertSnapshot.Member] {
        var known: [String: AlertSnapshot.Member] = [:]
        for queue in pbx.queues where AlertRule.isNamed(queue.name, in: rule.queues) {
            for member in queue.members where AlertRule.isNamed(member.name, in: rule.agents) {
                let other = known[member.name]?.pausedSince ?? .distantFuture
                if known[member.name] == nil || member.pausedSince ?? .distantFuture < other {
                    known[member.name] = member
                }
            }
        }
        return known.values.sorted { $0.name < $1.name }
    }

    private func pause(_ member: AlertSnapshot.Member) -> AlertFinding {
        let span = member.pausedSince.map { max(.zero, now - $0) } ?? .zero
        let (name, reason, length) = (member.name, member.pauseReason, DurationText.of(span))
        return finding(
            member.name,
            member.isLoggedIn ? span.inSeconds : 0,
            reason.isEmpty
                ? localized("\(name) has been paused for \(length).")
                : localized("\(name) has been paused (\(reason)) for \(length).")
        )
    }

    private var calls: [AlertFinding] {
        var longest: [String: Moment] = [:]
        for call in pbx.calls where concerns(call.agent) {
            guard let began = call.bridgedAt else { continue }
            longest[call.agent] = min(longest[call.agent] ?? began, began)
        }
        return longest.map { name, began in
            let span = max(.zero, now - began)
            let length = DurationText.of(span)
            return finding(name, span.inSeconds, localized("\(name) has been on one call for \(length)."))
        }
    }

    private func concerns(_ name: String) -> Bool {
        guard !name.isEmpty, AlertRule.isNamed(name, in: rule.agents) else { return false }
        return rule.queues.isEmpty
            || pbx.queues.contains { queue in
                AlertRule.isNamed(queue.name, in: rule.queues) && queue.members.contains { $0.name == name }
            }
    }

    private func finding(_ name: String, _ value: Double, _ summary: String) -> AlertFinding {
        AlertFinding(["pbx": pbx.name, "agent": name], value, summary, path: "/agents")
    }
}
