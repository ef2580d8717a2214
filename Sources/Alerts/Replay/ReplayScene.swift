import Base
import CallRecords

/// The PBX at a moment of its history. Moves only forward, so that each visit is looked at a few times only.
struct ReplayScene {
    private let history: AlertHistory
    /// The moments at which something happens, in order.
    private let changes: [Moment]
    private let queues: [String]
    private let members: Set<String>
    /// The visits that have begun and may still matter.
    private var current: [AlertHistory.Visit] = []
    private var nextVisit = 0
    /// The sessions that last, and those that have not begun, in order.
    private var present: [AlertHistory.Session] = []
    private let sessions: [AlertHistory.Session]
    private var nextSession = 0
    private var nextUnanswered = 0
    private var nextChange = 0
    private var unanswered: [String: Int] = [:]
    private var answered: [(at: Moment, agent: String)]
    private var nextAnswered = 0
    private var now: Moment

    /// How far back rules look.
    private let window: Duration

    /// - Parameter changes: The moments at which something happens, in order.
    init(_ history: AlertHistory, window: Duration, changes: [Moment]) {
        (self.history, self.window, self.changes) = (history, window, changes)
        sessions = history.sessions.sorted { ($0.from, $0.agent) < ($1.from, $1.agent) }
        now = history.from
        answered = history.visits.compactMap { visit in
            guard let agent = visit.agent, let at = visit.decidedAt else { return nil }
            return (at, agent)
        }.sorted { ($0.at, $0.agent) < ($1.at, $1.agent) }
        let memberships = history.sessions.filter { !$0.isPause }
        members = Set(memberships.compactMap { $0.queue.map(QueueName.key) })
        queues = Set(history.visits.map { QueueName.key($0.visit.queue) }).union(members).sorted()
    }

    /// The first moment after the present one at which something happens.
    var upcoming: Moment? { changes.indices.contains(nextChange) ? changes[nextChange] : nil }

    mutating func move(to moment: Moment) {
        now = moment
        while nextChange < changes.count, changes[nextChange] <= now { nextChange += 1 }
        while nextVisit < history.visits.count, history.visits[nextVisit].visit.enteredAt <= now {
            current.append(history.visits[nextVisit])
            nextVisit += 1
        }
        current.removeAll { $0.endsAt < now && now - $0.visit.enteredAt > window }
        while nextSession < sessions.count, sessions[nextSession].from <= now {
            present.append(sessions[nextSession])
            nextSession += 1
        }
        present.removeAll { !$0.contains(now) }
        takePhones()
    }

    /// Rows of phones that were not answered, and the answers that end them, in the order of time.
    private mutating func takePhones() {
        while true {
            let missed = history.unanswered.indices.contains(nextUnanswered) ? history.unanswered[nextUnanswered] : nil
            let answer = answered.indices.contains(nextAnswered) ? answered[nextAnswered] : nil
            if let missed, missed.at <= now, missed.at <= answer?.at ?? .distantFuture {
                unanswered[missed.agent, default: 0] += 1
                nextUnanswered += 1
            } else if let answer, answer.at <= now {
                unanswered[answer.agent] = nil
                nextAnswered += 1
            } else {
                return
            }
        }
    }

    func snapshot(at moment: Moment) -> AlertSnapshot {
        var pbx = AlertSnapshot.PBX(history.pbx, zone: history.zone)
        let waiting = Dictionary(grouping: current.filter { $0.waits(at: now) }) { QueueName.key($0.visit.queue) }
        let busy = Set(current.filter { $0.talks(at: now) }.compactMap(\.agent))
        for name in queues {
            pbx.queues.append(
                AlertSnapshot.Queue(
                    name,
                    callers: (waiting[name] ?? []).map { AlertSnapshot.Caller("", since: $0.visit.enteredAt) },
                    members: members(of: name, busy)
                )
            )
        }
        // Who pauses without being a known member of any queue is shown all the same.
        let known = Set(pbx.queues.flatMap(\.members).map(\.name))
        let others = Set(present.filter(\.isPause).map(\.agent)).subtracting(known).sorted()
        if !others.isEmpty {
            let members = others.map { member($0, in: nil, busy) }
            pbx.queues.append(AlertSnapshot.Queue("", members: members))
        }
        for visit in current where visit.talks(at: now) {
            var call = AlertSnapshot.Call(startedAt: visit.visit.enteredAt, bridgedAt: visit.decidedAt)
            call.agent = visit.agent ?? ""
            pbx.calls.append(call)
        }
        pbx.visits = current.compactMap { visit in
            visit.decidedAt.map { $0 <= now } ?? false ? visit.visit : nil
        }
        pbx.unanswered = unanswered
        var snapshot = AlertSnapshot(at: moment)
        snapshot.pbxs = [pbx]
        return snapshot
    }

    /// The snapshot with only those queues of which it is known who was a member.
    func staffed(_ snapshot: AlertSnapshot) -> AlertSnapshot {
        var snapshot = snapshot
        for index in snapshot.pbxs.indices { snapshot.pbxs[index].queues.removeAll { !members.contains($0.name) } }
        return snapshot
    }

    private func members(
        of queue: String,
        _ busy: Set<String>
    ) -> [AlertSnapshot.Member] {
        let names = present.filter { !$0.isPause && $0.queue.map(QueueName.key) == queue }.map(\.agent)
        return Set(names).sorted().map { member($0, in: queue, busy) }
    }

    private func member(
        _ name: String,
        in queue: String?,
        _ busy: Set<String>
    ) -> AlertSnapshot.Member {
        var member = AlertSnapshot.Member(name)
        let pause = present.filter { session in
            session.isPause && session.agent == name
                && (queue == nil || session.queue == nil || session.queue.map(QueueName.key) == queue)
        }.min { $0.from < $1.from }
        (member.pausedSince, member.pauseReason) = (pause?.from, pause?.reason ?? "")
        member.isFree = pause == nil && !busy.contains(name)
        return member
    }
}
