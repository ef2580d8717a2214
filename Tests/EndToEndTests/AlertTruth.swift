import Base

@testable import DemoCentre

/// What the rules of `alerts init` must find in some time of the demo, second by second, from what its generator decided.
///
/// The ranges and times are those of the template, written here once more.
struct AlertTruth {
    struct Figures: Equatable {
        var fired = 0, seconds = 0, longest = 0, callers = 0, lost = 0
    }

    /// How a value compares with the range of a rule at one second.
    private enum Condition { case bad, between, clear }

    private let centre: Centre
    private let from: Int, to: Int
    private(set) var rules: [String: Figures] = [:]

    init(_ centre: Centre, _ from: Int, _ to: Int) {
        (self.centre, self.from, self.to) = (centre, from, to)
        for queue in CallQueue.all {
            let visits = centre.visits.filter { $0.queue.name == queue.name && $0.entered < to }
            add("long-wait", visits, spells(waits(visits), hold: 0, keep: 120))
            add("nobody-free", visits, spells(nobodyFree(queue, visits), hold: 60, keep: 60))
            add("nobody-ready", visits, spells(nobodyReady(queue), hold: 60, keep: 60))
            add("service-level", visits, spells(level(visits), hold: 300, keep: 600))
            add("abandoned", visits, spells(abandoned(visits), hold: 300, keep: 600))
        }
        for agent in Agent.all {
            add("long-pause", [], spells(pauses(agent), hold: 0, keep: 0))
            add("unanswered", [], spells(phones(agent), hold: 0, keep: 0))
        }
    }

    // MARK: Conditions by second

    /// More than 120 seconds of the longest wait are bad, at most 90 good.
    private func waits(_ visits: [Visit]) -> [Condition] {
        zip(
            totals(visits.map { ($0.entered + 91, $0.left) }),
            totals(visits.map { ($0.entered + 121, $0.left) })
        ).map { $1 > 0 ? .bad : $0 > 0 ? .between : .clear }
    }

    /// Somebody waits, and no member is without a pause and without a talk of a queue.
    private func nobodyFree(_ queue: CallQueue, _ visits: [Visit]) -> [Condition] {
        let waiting = totals(visits.map { ($0.entered, $0.left) })
        var free = ready(queue)
        for session in centre.sessions where session.agent.queues.contains(queue.name) {
            let talks = centre.visits.filter {
                $0.agent?.name == session.agent.name && session.begin <= $0.left && $0.left < session.left
            }
            for talk in talks { for second in seconds(talk.left, talk.ended) { free[second] -= 1 } }
        }
        return zip(waiting, free).map { $0 > 0 && $1 <= 0 ? .bad : .clear }
    }

    private func nobodyReady(_ queue: CallQueue) -> [Condition] { atWork(ready(queue).map { $0 < 1 ? .bad : .clear }) }

    /// Members of a queue who are not paused.
    private func ready(_ queue: CallQueue) -> [Int] {
        let sessions = centre.sessions.filter { $0.agent.queues.contains(queue.name) }
        let pauses = totals(sessions.flatMap(\.pauses).map { ($0.begin, $0.end) })
        return zip(totals(sessions.map { ($0.begin, $0.left) }), pauses).map { $0 - $1 }
    }

    /// Of at least ten visits of the last half hour that are decided, fewer than 80 % in time are bad, 85 % good.
    private func level(_ visits: [Visit]) -> [Condition] {
        let whole = visits.filter { !$0.isShort }
        return rate(whole, whole.filter(\.isInTime)) { $0 < 80 ? .bad : $0 < 85 ? .between : .clear }
    }

    /// More than 10 % who gave up are bad, at most 7 % good.
    private func abandoned(_ visits: [Visit]) -> [Condition] {
        let whole = visits.filter { !$0.isShort }
        let lost = whole.filter { $0.outcome == .abandoned }
        return rate(whole, lost) { $0 > 10 ? .bad : $0 > 7 ? .between : .clear }
    }

    private func rate(_ whole: [Visit], _ part: [Visit], _ condition: (Double) -> Condition) -> [Condition] {
        let counted = { (visits: [Visit]) in totals(visits.map { ($0.left, $0.entered + 1801) }) }
        return atWork(
            zip(counted(whole), counted(part)).map { whole, part in
                whole == 0 ? .clear : whole < 10 ? .between : condition(Double(part) / Double(whole) * 100)
            }
        )
    }

    /// A pause of more than 15 minutes.
    private func pauses(_ agent: Agent) -> [Condition] {
        let pauses = centre.sessions.filter { $0.agent.name == agent.name }.flatMap(\.pauses)
        return totals(pauses.map { ($0.begin + 901, $0.end) }).map { $0 > 0 ? .bad : .clear }
    }

    /// More than two calls in a row that rang without an answer, from the beginning of the time on.
    private func phones(_ agent: Agent) -> [Condition] {
        var moments: [(second: Int, isMissed: Bool)] = []
        for ring in centre.visits.flatMap(\.rings) where ring.agent.name == agent.name && ring.end >= from {
            if ring.how != .canceled { moments.append((ring.end, ring.how == .missed)) }
        }
        var conditions = [Condition](repeating: .clear, count: to - from)
        var (row, since) = (0, to)
        for moment in moments.sorted(by: { $0.second < $1.second }) where moment.second < to {
            if moment.isMissed {
                row += 1
                if row == 3 { since = moment.second }
            } else {
                for second in seconds(since, moment.second) { conditions[second] = .bad }
                (row, since) = (0, to)
            }
        }
        for second in seconds(since, to) { conditions[second] = .bad }
        return conditions
    }

    /// From Monday to Friday between 9 and 18 o'clock; there is no holiday in the fortnight. The time has whole hours.
    private func atWork(_ conditions: [Condition]) -> [Condition] {
        var conditions = conditions
        for hour in stride(from: from, to: to, by: 3600) {
            if BerlinClock.day(hour).weekday < 5, 9..<18 ~= BerlinClock.hour(hour) { continue }
            for second in seconds(hour, hour + 3600) { conditions[second] = .clear }
        }
        return conditions
    }

    // MARK: Counting

    /// The part of a span in the time, as offsets.
    private func seconds(_ begin: Int, _ end: Int) -> Range<Int> {
        let begin = min(max(begin, from), to) - from
        return begin..<max(begin, min(end, to) - from)
    }

    /// How many of the spans each second is in.
    private func totals(_ spans: [(Int, Int)]) -> [Int] {
        var changes = [Int](repeating: 0, count: to - from + 1)
        for span in spans {
            let range = seconds(span.0, span.1)
            changes[range.lowerBound] += 1
            changes[range.upperBound] -= 1
        }
        var total = 0
        return changes.dropLast().map { change in
            total += change
            return total
        }
    }

    /// When an alert fires: once the condition has been bad for `hold` seconds, until it has been clear for `keep`.
    private func spells(_ conditions: [Condition], hold: Int, keep: Int) -> [Range<Int>] {
        var spells: [Range<Int>] = []
        var (badSince, firedAt, clearSince): (Int?, Int?, Int?) = (nil, nil, nil)
        for (offset, condition) in conditions.enumerated() {
            let second = from + offset
            badSince = condition == .bad ? badSince ?? second : nil
            clearSince = condition == .clear ? clearSince ?? second : nil
            if let fired = firedAt {
                guard let clear = clearSince, second - clear >= keep else { continue }
                spells.append(fired..<second)
                firedAt = nil
            } else if let bad = badSince, second - bad >= hold {
                firedAt = second
            }
        }
        if let fired = firedAt { spells.append(fired..<to) }
        return spells
    }

    private mutating func add(_ rule: String, _ visits: [Visit], _ spells: [Range<Int>]) {
        var figures = rules[rule] ?? Figures()
        for spell in spells {
            figures.fired += 1
            figures.seconds += spell.count
            figures.longest = max(figures.longest, spell.count)
            let concerned = visits.filter { $0.entered < spell.upperBound && $0.left > spell.lowerBound }
            figures.callers += concerned.count
            figures.lost += concerned.count { $0.outcome != .answered && !$0.isShort }
        }
        rules[rule] = figures
    }
}
