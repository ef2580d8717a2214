public import Base
public import Switchboard

extension AlertSnapshot {
    /// One PBX.
    public struct PBX: Sendable {
        /// Its name in the configuration.
        public var name: String
        /// Its zone.
        public var zone: ZoneTable
        /// Since when there has been no connection; nil while connected.
        public var staleSince: Moment?
        /// Whether this process has been connected before. Until then, ``staleSince`` is only when it began to try.
        public var hasConnected = true
        /// Its queues.
        public var queues: [Queue] = []
        /// The active calls.
        public var calls: [Call] = []
        /// Visits to queues that began in the last hours.
        public var visits: [Visit] = []
        /// Since when ``visits`` are complete.
        public var visitsSince = Moment.distantPast
        /// How often in a row an agent's phone rang without an answer, by agent; an answered call ends the row.
        public var unanswered: [String: Int] = [:]
        /// The figures of the last health check; nil if none is recent.
        public var measures: [HealthReport.Measure]?
        /// Trunks and endpoints that do not work; nil if unknown.
        public var faults: [Fault]?
        /// Outgoing calls of the last hours, oldest first.
        public var outgoing: [Outgoing] = []
        /// When the last incoming call began, as far as known.
        public var lastIncoming: Moment?
        /// How many incoming calls an hour are usual at this time of this weekday, as a fraction; nil while unknown.
        public var usualIncoming: Double?

        /// A PBX about which nothing is known yet.
        public init(_ name: String, zone: ZoneTable = .utc) { (self.name, self.zone) = (name, zone) }
    }

    /// A queue as it is now.
    public struct Queue: Sendable, Equatable {
        /// Its name.
        public var name: String
        /// Who waits, in order.
        public var callers: [Caller] = []
        /// Its members.
        public var members: [Member] = []

        /// A queue.
        public init(_ name: String, callers: [Caller] = [], members: [Member] = []) {
            (self.name, self.callers, self.members) = (name, callers, members)
        }
    }

    /// A waiting caller.
    public struct Caller: Sendable, Equatable {
        /// As receivers may see the caller: with the end of the number hidden.
        public var shown: String
        /// When the caller entered.
        public var since: Moment

        /// A caller.
        public init(_ shown: String, since: Moment) { (self.shown, self.since) = (shown, since) }
    }

    /// A member of a queue.
    public struct Member: Sendable, Equatable {
        /// The member's name.
        public var name: String
        /// Whether the phone can be reached.
        public var isLoggedIn = true
        /// Whether the member could be given a call now.
        public var isFree = true
        /// Since when the member has been paused; nil while not paused.
        public var pausedSince: Moment?
        /// Why the member is paused; empty if unknown.
        public var pauseReason = ""

        /// A free member.
        public init(_ name: String) { self.name = name }

        /// Whether the member is paused.
        public var isPaused: Bool { pausedSince != nil }
    }

    /// A visit to a queue and what it counts for (contract, section 5).
    public struct Visit: Sendable, Equatable {
        /// The queue.
        public var queue: String
        /// When it began.
        public var enteredAt: Moment
        /// Whether it counts as a call that was offered and has ended; short abandons do not.
        public var isCounted: Bool
        /// Whether the caller gave up, not counting short abandons.
        public var isAbandoned: Bool
        /// Whether it is in the denominator and in the numerator of the service level.
        public var isInWhole: Bool, isInPart: Bool

        /// A visit.
        public init(
            queue: String,
            enteredAt: Moment,
            isCounted: Bool,
            isAbandoned: Bool,
            isInWhole: Bool,
            isInPart: Bool
        ) {
            (self.queue, self.enteredAt, self.isCounted) = (queue, enteredAt, isCounted)
            (self.isAbandoned, self.isInWhole, self.isInPart) = (isAbandoned, isInWhole, isInPart)
        }
    }

    /// An active call.
    public struct Call: Sendable, Equatable {
        /// When its first channel was created.
        public var startedAt: Moment
        /// When two parties were first connected; nil before that.
        public var bridgedAt: Moment?
        /// The queue member who has it; empty if nobody has.
        public var agent = ""
        /// The extension that made it to a number outside; empty for other calls.
        public var from = ""

        /// A call.
        public init(startedAt: Moment, bridgedAt: Moment? = nil) {
            (self.startedAt, self.bridgedAt) = (startedAt, bridgedAt)
        }
    }

    /// An outgoing call, which may have ended.
    public struct Outgoing: Sendable, Equatable {
        /// When it began.
        public var at: Moment
        /// The extension that made it.
        public var from: String
        /// The number in E.164, such as `+37167000000`. It is compared, never shown.
        public var number: String
        /// The country, such as `LV`; nil for a number of no country.
        public var country: String?
        /// Whether it is a number of another country.
        public var isInternational: Bool
        /// Whether it is a premium-rate or shared-cost number.
        public var isPremium: Bool
        /// Whether the country was called in the last three months before this call; nil while that is unknown.
        public var isUsualCountry: Bool?

        /// A call.
        public init(
            at: Moment,
            from: String,
            number: String,
            country: String?,
            isInternational: Bool,
            isPremium: Bool,
            isUsualCountry: Bool?
        ) {
            (self.at, self.from, self.number, self.country) = (at, from, number, country)
            (self.isInternational, self.isPremium) = (isInternational, isPremium)
            self.isUsualCountry = isUsualCountry
        }
    }

    /// A trunk or an endpoint that does not work.
    public struct Fault: Sendable, Equatable {
        /// What it is.
        public enum Kind: String, Sendable {
            case trunk, endpoint
        }

        /// What it is.
        public var kind: Kind
        /// Its name on the PBX.
        public var name: String
        /// Since when it has been seen not to work.
        public var since: Moment

        /// A fault.
        public init(_ kind: Kind, _ name: String, since: Moment) {
            (self.kind, self.name, self.since) = (kind, name, since)
        }
    }
}
