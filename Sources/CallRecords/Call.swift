public import Base

/// One call: all legs that share a uniqueid or a linkedid, transitively.
public struct Call: Hashable, Sendable {
    /// Which way the call went, seen from the company.
    public enum Direction: String, Hashable, Sendable {
        case inbound, outbound, `internal`, unknown
    }

    /// What became of the call.
    public enum Disposition: String, Hashable, Sendable {
        /// Somebody spoke, or the PBX itself served the caller and nobody was tried.
        case answered
        case noAnswer = "no_answer"
        case busy
        /// The call could not be put through: congestion, unknown number, no trunk.
        case failed
    }

    /// The source of waiting time and talk time.
    public enum WaitSource: String, Hashable, Sendable {
        /// The queue's own figures.
        case queueLog = "queue_log"
        /// An estimate from the legs.
        case cdr
    }

    /// `voip.call.call_id`.
    public var id: Int64
    /// The call's own name: the oldest linkedid of its legs, or the oldest uniqueid if none has a linkedid.
    public var linkedid: String
    /// Which way it went.
    public var direction = Direction.unknown
    /// What became of it.
    public var disposition = Disposition.failed
    /// When the first of its legs began.
    public var startedAt = Moment(seconds: 0)
    /// When a person answered; if nobody was called, when the PBX did.
    public var answeredAt: Moment?
    /// When the last of its legs ended.
    public var endedAt = Moment(seconds: 0)
    /// Whole seconds.
    public var ring: Int32?
    /// From the beginning until somebody spoke, or until the end of an unanswered call, in whole seconds.
    public var wait: Int32?
    /// How long the customer spoke to anybody, in whole seconds.
    public var talk: Int32 = 0
    /// `nil` if the call entered no queue.
    public var waitSource: WaitSource?
    /// The outside party's number as the PBX wrote it.
    public var customer: String?
    /// The same in E.164, if it is a valid number.
    public var customerNumber: PhoneNumber?
    /// The number that was dialled from outside.
    public var did: String?
    /// The inside party.
    public var `extension`: String?
    /// The queue member who answered.
    public var agent: String?
    /// Every queue member who answered, including those who took the call over.
    public var sightings: [AgentSighting] = []
    /// The first queue entered.
    public var queue: String?
    /// The number of visits to queues.
    public var queueVisits: Int16 = 0
    /// How often the customer was handed over to somebody else.
    public var transfers: Int16 = 0
    /// The number of legs, including those that are ignored otherwise.
    public var legs: Int16 = 0
    /// The first recording that a leg names.
    public var recordingfile: String?
    /// Who the customer is in the CRM; `nil` if there is no number to look up.
    public var contact: ContactLink?
    /// Linkedids of its legs that are no leg's uniqueid, so that only a stored alias leads from them to the call.
    public var aliases: [String] = []

    /// A call about which nothing is known yet.
    public init(id: Int64, linkedid: String) {
        (self.id, self.linkedid) = (id, linkedid)
    }
}

/// A queue member's answer. The legs of that moment show at which phone.
public struct AgentSighting: Hashable, Sendable {
    /// The member's name in the queue_log.
    public var agent: String
    /// When the member answered.
    public var at: Moment

    /// A sighting of an agent.
    public init(agent: String, at: Moment) { (self.agent, self.at) = (agent, at) }
}

/// The contact that the CRM has for a customer's number.
public struct ContactLink: Hashable, Sendable {
    /// How certain the link is.
    public enum Match: String, Hashable, Sendable {
        /// One contact has the number.
        case matched
        /// Several contacts have it; the tie-break of docs/numbers-and-contacts.md chose one.
        case ambiguous
        case unmatched
    }

    /// How certain the link is.
    public var match: Match
    /// `voip.contact.contact_id`; `nil` if no contact has the number.
    public var id: Int64?

    /// A link, or the lack of one.
    public init(match: Match, id: Int64?) {
        (self.match, self.id) = (match, id)
    }
}

/// The legs of a set of calls.
public struct CallLegs: Sendable {
    /// The legs, in any order.
    public var legs = CDRBatch()
    /// The times, one entry for each leg.
    public var times: [LegTimes] = []
    /// Indices of legs: those of one call are adjacent, in the order in which they began.
    public var order: [Int] = []
    /// The calls in ascending order of id, each with the range of its legs in ``order``.
    public var calls: [(id: Int64, legs: Range<Int>)] = []
    /// What the queue_log knows about these calls, by the uniqueid of the caller's channel.
    public var visits: [Hash128: [QueueVisit]] = [:]

    /// No calls.
    public init() {}

    /// Calls that begin in a batch, with their legs in place.
    public init(of fresh: [(call: Int64, record: Int)], in batch: LegBatch) {
        legs = batch.records
        times = batch.times
        let sorted = fresh.sorted { one, other in
            (one.call, batch.times[one.record].start, batch.identities[one.record].order)
                < (other.call, batch.times[other.record].start, batch.identities[other.record].order)
        }
        order = sorted.map(\.record)
        for (index, leg) in sorted.enumerated() {
            if calls.last?.id == leg.call {
                calls[calls.count - 1].legs = calls[calls.count - 1].legs.lowerBound..<index + 1
            } else {
                calls.append((leg.call, index..<index + 1))
            }
        }
    }
}
