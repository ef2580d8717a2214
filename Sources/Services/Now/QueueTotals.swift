public import CallRecords

/// What happened in one queue since this process began to observe its PBX. Unlike ``QueueDay`` it has no midnight: nothing in it
/// ever falls, as counters of Prometheus require.
public struct QueueTotals: Sendable, Equatable {
    /// Visits that were answered or ended otherwise, by outcome; none is in progress.
    public private(set) var visits: [QueueVisit.Outcome: Int] = [:]
    /// Visits that were answered within the service level.
    public private(set) var answeredInTime = 0
    /// How long the callers of answered visits waited.
    public private(set) var answeredWaits = TimeHistogram(limits: TimeHistogram.waitLimits)
    /// How long callers waited in visits that ended without an agent, including short abandons. Visits of unknown length
    /// are not in it.
    public private(set) var lostWaits = TimeHistogram(limits: TimeHistogram.waitLimits)
    /// The talks that have ended.
    public private(set) var talks = 0
    /// The total length of these talks, in seconds.
    public private(set) var talkSeconds = 0

    /// The outcomes that are counted, in the order of the report.
    public static let outcomes: [QueueVisit.Outcome] = [
        .answered, .abandoned, .timedOut, .exitKey, .exitEmpty, .withdrawn, .unserved,
    ]

    /// Nothing has happened.
    public init() {}

    /// Counts a visit whose outcome is known.
    mutating func count(_ visit: QueueVisit, _ limits: QueueDay.Limits) {
        visits[visit.outcome, default: 0] &+= 1
        guard let wait = visit.wait else { return }
        if visit.outcome == .answered {
            answeredWaits.add(.seconds(wait))
            if Int(wait) <= limits.serviceLevel { answeredInTime &+= 1 }
        } else {
            lostWaits.add(.seconds(wait))
        }
    }

    /// Counts a talk that has ended.
    mutating func countTalk(seconds: Int32) {
        talks &+= 1
        talkSeconds &+= Int(max(0, seconds))
    }
}
