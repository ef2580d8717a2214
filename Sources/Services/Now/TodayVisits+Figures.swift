import Base
import CallRecords

/// What the visits come to.
extension TodayVisits {
    /// The figures of today, by queue.
    func days() -> [QueueDay] { figures().today }

    /// The figures of today and of the day before, in one pass; nil where that day was not seen.
    func figures() -> (today: [QueueDay], yesterday: LiveDay?) {
        var today: [String: QueueDay] = [:]
        var before = past?.queues ?? [:]
        for call in calls.values {
            for visit in call.visits {
                if visit.enteredAt.wholeSeconds >= since.wholeSeconds {
                    count(visit, in: &today)
                } else if let past, visit.enteredAt >= past.begins {
                    count(visit, in: &before)
                }
            }
        }
        let yesterday = past.map { past in
            LiveDay(begins: past.begins, ends: since, queues: Self.sorted(before), blanks: past.blanks)
        }
        return (Self.sorted(today), yesterday)
    }

    /// Counts a visit under its queue, whose name may be spelled in several ways.
    func count(_ visit: QueueVisit, in queues: inout [String: QueueDay]) {
        let key = QueueName.key(visit.queue)
        queues[key, default: QueueDay(queue: visit.queue)].count(visit, limits(key))
        // Of several spellings one is shown, always the same.
        if let shown = queues[key]?.queue, visit.queue < shown { queues[key]?.queue = visit.queue }
    }

    private static func sorted(_ queues: [String: QueueDay]) -> [QueueDay] {
        queues.values.sorted { $0.queue < $1.queue }
    }

    /// The figures, by agent.
    func agents() -> [AgentDay] {
        var days: [String: AgentDay] = [:]
        for call in calls.values {
            for visit in call.visits where visit.enteredAt.wholeSeconds >= since.wholeSeconds {
                guard visit.outcome == .answered, let agent = visit.agent else { continue }
                days[agent, default: AgentDay(agent: agent)].answered += 1
                days[agent, default: AgentDay(agent: agent)].talk += Int(visit.talk ?? 0)
            }
        }
        for (agent, count) in unanswered { days[agent, default: AgentDay(agent: agent)].missed = count }
        return days.values.sorted { $0.agent < $1.agent }
    }
}
