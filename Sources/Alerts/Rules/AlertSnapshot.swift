public import Base

/// What is known at a moment about everything that rules can be about. Measures read only this.
public struct AlertSnapshot: Sendable {
    /// The moment.
    public var at: Moment
    /// The PBXs with a manager interface.
    public var pbxs: [PBX] = []
    /// How up to date the warehouse is, by PBX; nil while it cannot be read.
    public var loads: [Load]?
    /// Callers who are owed a call; nil while that is unknown.
    public var owed: [Owed]?
    /// Certificates whose end is known.
    public var certificates: [Certificate] = []
    /// The receivers of messages; nil while another program delivers them.
    public var receivers: [Receiver]?
    /// The zones of PBXs, also of those without a manager interface.
    public var zones: [String: ZoneTable] = [:]

    /// Nothing is known yet.
    public init(at now: Moment) { at = now }

    /// What waits for one receiver of messages.
    public struct Receiver: Sendable, Equatable {
        /// Its name in the configuration.
        public var name: String
        /// How many messages wait.
        public var waiting: Int
        /// Since when the oldest of them has been waiting; nil if none waits.
        public var oldest: Moment?
        /// Why the last attempt failed; nil if it did not.
        public var reason: String?

        /// A receiver.
        public init(name: String, waiting: Int, oldest: Moment?, reason: String? = nil) {
            (self.name, self.waiting, self.oldest, self.reason) = (name, waiting, oldest, reason)
        }
    }

    /// A certificate.
    public struct Certificate: Sendable, Equatable {
        /// What it is for, such as `serve`.
        public var name: String
        /// When it ends.
        public var endsAt: Moment

        /// A certificate.
        public init(name: String, endsAt: Moment) { (self.name, self.endsAt) = (name, endsAt) }
    }

    /// A caller who was lost and is owed a call.
    public struct Owed: Sendable, Equatable {
        /// The PBX.
        public var pbx: String
        /// The queues in which the caller waited.
        public var queues: Set<String>
        /// When the caller was first lost.
        public var lostAt: Moment

        /// A caller.
        public init(pbx: String, queues: Set<String>, lostAt: Moment) {
            (self.pbx, self.queues, self.lostAt) = (pbx, queues, lostAt)
        }
    }

    /// What the warehouse has for one PBX.
    public struct Load: Sendable, Equatable {
        /// The PBX.
        public var pbx: String
        /// When a run last succeeded, and when the last failed run began.
        public var succeededAt: Moment?, failedAt: Moment?
        /// Records that could not be loaded and have not been dealt with.
        public var rejects: Int

        /// The state of the loads.
        public init(pbx: String, succeededAt: Moment?, failedAt: Moment?, rejects: Int) {
            (self.pbx, self.succeededAt, self.failedAt, self.rejects) = (pbx, succeededAt, failedAt, rejects)
        }
    }
}
