import Base
import CallRecords

/// Counters that never fall, although a call's visits are made anew with each event and each reading of a log.
extension TodayVisits {
    /// What has been counted of one call. It stays with the call while its visits are made anew.
    struct Counted: Sendable {
        /// What ended before is not counted: it may have been counted before the call was forgotten at midnight.
        var since = Moment.distantPast
        /// The outcomes, by the queue's key.
        var outcomes: [String: [QueueVisit.Outcome]] = [:]
        /// The lengths of talks, by the queue's key.
        var talks: [String: [Int32]] = [:]
    }

    /// The most queues that are counted.
    static let mostQueues = 10_000

    /// Counts what is new in a call: visits whose outcome has become known, and talks that have ended. What ended before this
    /// process began is never counted. A visit keeps the outcome with which it was counted, because a counter cannot be
    /// corrected. One whose end was missed waits for the log of that time.
    ///
    /// - Parameter isFinal: Whether no log can be read any more.
    mutating func countNew(_ callid: String, isFinal: Bool = false) {
        guard let call = calls[callid] else { return }
        var counted = call.counted
        let start = max(began, counted.since).wholeSeconds
        /// Whether something happened after this process began. Logs have whole seconds.
        func isObserved(_ time: Moment?) -> Bool { time.map { $0.wholeSeconds >= start } ?? false }
        let isWaitingForLog = !isFinal && call.hasMissedEvents
        for (queue, visits) in Dictionary(grouping: call.visits, by: { QueueName.key($0.queue) }) {
            guard totals[queue] != nil || totals.count < Self.mostQueues else { continue }
            let known = visits.filter { visit in
                guard isObserved(visit.connectedAt ?? visit.leftAt) else { return false }
                return visit.outcome != .inProgress && !(visit.outcome == .unserved && isWaitingForLog)
            }
            for visit in Self.new(known, besides: counted.outcomes[queue] ?? [], by: \.outcome) {
                totals[queue, default: QueueTotals()].count(visit, limits(queue))
                counted.outcomes[queue, default: []].append(visit.outcome)
            }
            let talks = visits.filter { isObserved($0.leftAt) }.compactMap(\.talk)
            for talk in Self.new(talks, besides: counted.talks[queue] ?? [], by: \.self) {
                totals[queue, default: QueueTotals()].countTalk(seconds: talk)
                counted.talks[queue, default: []].append(talk)
            }
        }
        calls[callid]?.counted = counted
    }

    /// Those that are not among the counted ones, and no more than there are new ones: one whose key has changed is not new.
    private static func new<Item, Key: Equatable>(
        _ items: [Item],
        besides counted: [Key],
        by key: (Item) -> Key
    ) -> [Item] {
        guard items.count > counted.count else { return [] }
        var rest = counted
        let others = items.filter { item in
            guard let index = rest.firstIndex(of: key(item)) else { return true }
            rest.remove(at: index)
            return false
        }
        return Array(others.prefix(items.count - counted.count))
    }
}
