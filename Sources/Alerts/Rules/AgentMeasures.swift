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
                finding(name, Double(count), "\(name) did not answer \(count) calls in a row.")
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
        let reason = member.pauseReason.isEmpty ? "" : " (\(member.pauseReason))"
        return finding(
            member.name,
            member.isLoggedIn ? span.inSeconds : 0,
            "\(member.name) has been paused\(reason) for \(DurationText.of(span))."
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
            return finding(name, span.inSeconds, "\(name) has been on one call for \(DurationText.of(span)).")
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
