public import Base
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
    /// What the agents did in queues today.
    public var agentsToday: [AgentDay] = []
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
    /// Whether this is a recording rather than a PBX.
    public var isReplay = false

    /// A PBX that has not been reached yet.
    public init(name: String, at now: Moment) {
        (self.name, at, todaySince) = (name, now, now)
        (board, calls, today) = (QueueBoard(), [], [])
        staleSince = now
        problem = "The first connection is being made."
    }

    /// The figures of a queue today.
    public func day(of queue: String) -> QueueDay {
        today.first { $0.queue == queue } ?? QueueDay(queue: queue)
    }
}

/// What an agent did in queues on one day.
public struct AgentDay: Sendable, Equatable {
    /// The agent's name in the log.
    public var agent: String
    /// Calls that the agent answered.
    public var answered = 0
    /// How often the agent's phone rang without an answer.
    public var missed = 0
    /// How many seconds the agent talked, counting finished calls only.
    public var talk = 0

    /// A day without calls.
    public init(agent: String) { self.agent = agent }
}

/// The visits to a queue on one day, by the report's rules: a visit belongs to the day on which it began.
public struct QueueDay: Sendable, Equatable {
    /// The queue.
    public var queue: String
    /// Visits that began.
    public var offered = 0
    /// Those that an agent answered.
    public var answered = 0
    /// Those in which the caller hung up.
    public var abandoned = 0
    /// Those of them that were shorter than the report's limit.
    public var abandonedShort = 0
    /// Those that ended without an agent for another reason.
    public var otherwiseLost = 0
    /// Those that are still waiting.
    public var inProgress = 0
    /// Those that were answered within the service level.
    public var answeredInTime = 0
    /// The total wait of answered callers, in seconds.
    public var wait = 0
    /// The total talk time in seconds, counting finished calls only.
    public var talk = 0

    /// A day without visits.
    public init(queue: String) { self.queue = queue }

    /// Callers who did not get through; short abandons are not counted.
    public var lost: Int { abandoned - abandonedShort + otherwiseLost }

    /// The percentage of offered calls that were answered within the service level; nil if nobody called.
    public var serviceLevelPercent: Double? {
        let whole = offered - abandonedShort - inProgress
        return whole > 0 ? Double(answeredInTime) / Double(whole) * 100 : nil
    }

    /// How long answered callers waited on average; nil if nobody was answered.
    public var averageWait: Duration? { answered > 0 ? .seconds(wait) / answered : nil }

    /// Adds another queue's figures.
    public static func + (left: QueueDay, right: QueueDay) -> QueueDay {
        var sum = left
        sum.offered += right.offered
        sum.answered += right.answered
        sum.abandoned += right.abandoned
        sum.abandonedShort += right.abandonedShort
        sum.otherwiseLost += right.otherwiseLost
        sum.inProgress += right.inProgress
        sum.answeredInTime += right.answeredInTime
        sum.wait += right.wait
        sum.talk += right.talk
        return sum
    }
}
