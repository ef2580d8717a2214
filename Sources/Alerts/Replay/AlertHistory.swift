public import Base

/// What happened on a PBX in some time, as far as the warehouse keeps it.
public struct AlertHistory: Sendable {
    /// A visit to a queue.
    public struct Visit: Sendable, Equatable {
        /// What it counts for, from ``decidedAt`` on.
        public var visit: AlertSnapshot.Visit
        /// When the caller was answered or left without an answer; nil while unknown.
        public var decidedAt: Moment?
        /// When the talk ended; nil for one that was not answered.
        public var talkEndedAt: Moment?
        /// Who answered; nil if nobody did.
        public var agent: String?

        /// A visit.
        public init(_ visit: AlertSnapshot.Visit, decidedAt: Moment?, talkEndedAt: Moment?, agent: String?) {
            (self.visit, self.decidedAt) = (visit, decidedAt)
            (self.talkEndedAt, self.agent) = (talkEndedAt, agent)
        }

        /// Whether the caller was waiting at a moment.
        func waits(at now: Moment) -> Bool { visit.enteredAt <= now && decidedAt.map { now < $0 } ?? false }
        /// Whether an agent was talking with the caller.
        func talks(at now: Moment) -> Bool {
            guard agent != nil, let decidedAt, let talkEndedAt else { return false }
            return decidedAt <= now && now < talkEndedAt
        }
        /// When nothing happens any more.
        var endsAt: Moment { max(decidedAt ?? visit.enteredAt, talkEndedAt ?? .distantPast) }
    }

    /// A span in which an agent was a member of a queue, or paused.
    public struct Session: Sendable, Equatable {
        /// The agent.
        public var agent: String
        /// The queue; nil for all queues.
        public var queue: String?
        /// When it began and ended; nil while it lasts.
        public var from: Moment, to: Moment?
        /// Whether it is a pause, and why.
        public var isPause: Bool, reason: String

        /// A span.
        public init(agent: String, queue: String?, from: Moment, to: Moment?, isPause: Bool, reason: String = "") {
            (self.agent, self.queue, self.from, self.to) = (agent, queue, from, to)
            (self.isPause, self.reason) = (isPause, reason)
        }

        /// Whether a moment is within it.
        func contains(_ now: Moment) -> Bool { from <= now && to.map { now < $0 } ?? true }
    }

    /// A phone that rang without an answer.
    public struct Unanswered: Sendable, Equatable {
        /// When it stopped ringing.
        public var at: Moment
        /// The agent.
        public var agent: String

        /// A phone.
        public init(at: Moment, agent: String) { (self.at, self.agent) = (at, agent) }
    }

    /// The PBX and its zone.
    public var pbx: String, zone: ZoneTable
    /// The time to replay; its end is not part of it.
    public var from: Moment, to: Moment
    /// Visits, in the order in which they began, from some hours before ``from`` on.
    public var visits: [Visit]
    /// Sessions that overlap the time.
    public var sessions: [Session]
    /// Phones that rang without an answer, in order.
    public var unanswered: [Unanswered]

    /// What happened.
    public init(
        pbx: String,
        zone: ZoneTable,
        from: Moment,
        to: Moment,
        visits: [Visit],
        sessions: [Session],
        unanswered: [Unanswered]
    ) {
        (self.pbx, self.zone, self.from, self.to) = (pbx, zone, from, to)
        (self.visits, self.sessions, self.unanswered) = (visits, sessions, unanswered)
    }
}
