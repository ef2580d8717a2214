public import Alerts
public import Base
import CallRecords
public import Switchboard

/// The state of a PBX at a moment. All times are by the clock of ``at``, which in a replay is that of the recording.
public struct PBXState: Sendable {
    /// Counts for the connection since the start.
    public struct Counts: Sendable, Equatable {
        /// Events that were read.
        public var events = 0
        /// Events that were lost because they were not read in time.
        public var dropped = 0
        /// How often the connection was lost.
        public var reconnects = 0
    }

    /// Its name in the configuration.
    public var name: String
    /// Its queues.
    public var board: QueueBoard
    /// The active calls, longest first.
    public var calls: [ActiveCalls.Call]
    /// What happened in its queues today, as far as this process has seen it.
    public var today: [QueueDay]
    /// Since when ``today`` counts: midnight, or the first connection.
    public var todaySince: Moment
    /// A part of today for which it is unknown what happened in the queues; nil if nothing is missing.
    public var todayGap: ClosedRange<Moment>?
    /// When today began and when it ends, in the PBX's zone.
    public var todayMidnight = Moment.distantPast, todayEnds = Moment.distantFuture
    /// Whether there has been a connection, so that ``today`` means something.
    public var isKnown = false
    /// Times of today of which not everything is known, and why.
    public var blanks: [LiveDay.Blank] = []
    /// The day before, which calls that last over midnight still change; nil where this process did not see it.
    public var yesterday: LiveDay?
    /// What happened in its queues since this process began, by the queue's key.
    public var totals: [String: QueueTotals] = [:]
    /// What the agents did in queues today.
    public var agentsToday: [AgentDay] = []
    /// Visits to queues that began lately, for the rules of alerts; empty if no rule needs them.
    public var recentVisits: [AlertSnapshot.Visit] = []
    /// How often in a row an agent's phone has rung without an answer, by agent.
    public var unansweredInRow: [String: Int] = [:]
    /// The moment of this state.
    public var at: Moment
    /// Since when the connection has been lost; nil while connected.
    public var staleSince: Moment?
    /// Why there is no connection, in a sentence.
    public var problem: String?
    /// The counts.
    public var counts = Counts()
    /// How long the PBX took to answer the last query; nil before the first.
    public var answerTime: Duration?
    /// The PBX's answer times to queries that are made every 15 seconds.
    public var answerTimes = TimeHistogram()
    /// The version in its greeting, such as `9.0.0`.
    public var greeting: String?
    /// What has become of calls since the last state. ``LiveModel`` passes it on and keeps none of it.
    var notices: [CallNotice] = []
    /// Whether this is a recording rather than a PBX.
    public var isReplay = false

    /// A PBX that has not been reached yet.
    public init(name: String, at now: Moment) {
        (self.name, at, todaySince) = (name, now, now)
        (board, calls, today) = (QueueBoard(), [], [])
        staleSince = now
        problem = "Connecting for the first time."
    }

    /// The times since ``todaySince`` of which not everything is known.
    public var missingToday: [LiveDay.Blank] { blanks.filter { $0.to > todaySince } }

    /// What happened in a queue since this process began.
    public func totals(of queue: String) -> QueueTotals { totals[QueueName.key(queue)] ?? QueueTotals() }

    /// The figures of a queue today.
    public func day(of queue: String) -> QueueDay {
        let key = QueueName.key(queue)
        return today.first { QueueName.key($0.queue) == key } ?? QueueDay(queue: queue)
    }
}
