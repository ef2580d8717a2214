public import Base

/// One stay of a call in a queue, from ENTERQUEUE to whatever ended it. A call may make several, also to the same queue.
public struct QueueVisit: Hashable, Sendable {
    /// How a visit ended (contract, section 5).
    public enum Outcome: String, Hashable, Sendable {
        case answered
        /// The caller hung up.
        case abandoned
        case timedOut = "timed_out"
        /// The caller pressed a key to leave.
        case exitKey = "exit_key"
        /// Nobody was there to answer.
        case exitEmpty = "exit_empty"
        /// Taken out by a manager.
        case withdrawn
        /// It can have no end of its own any more: the PBX restarted, or the call entered the same queue again.
        case unserved
        /// Still waiting, as far as the log goes.
        case inProgress = "in_progress"
    }

    /// Who ended an answered visit.
    public enum EndedBy: String, Hashable, Sendable {
        case agent, caller, transfer
    }

    /// Where the log has the beginning of a visit, ENTERQUEUE.
    public enum Beginning: Hashable, Sendable {
        /// Under the call's own callid.
        case logged
        /// Nowhere: it was worked out from the lengths in a later event.
        case missing
        /// Under the callid of the channel with which an agent called the queue before transferring the caller into it.
        case loggedAs(callid: String)
    }

    /// The queue, by its name in the log.
    public var queue: String
    /// 1 for the call's first visit to this queue, 2 for the second …
    public var entry: Int16
    /// When the caller entered; worked out from the logged lengths where ENTERQUEUE is missing.
    public var enteredAt: Moment
    /// Where the log has the beginning.
    public var beginning = Beginning.logged
    /// When an agent answered.
    public var connectedAt: Moment?
    /// When the caller hung up, went on, or the talk ended; `nil` while unknown.
    public var leftAt: Moment?
    /// How the visit ended.
    public var outcome = Outcome.inProgress
    /// Whole seconds, as the PBX logged them; `nil` while unknown.
    public var wait: Int32?
    /// Whole seconds that the phone of the agent rang who answered.
    public var ring: Int32?
    /// Whole seconds of talk; `nil` while unknown.
    public var talk: Int32?
    /// The place in the queue on entering.
    public var position: Int32?
    /// The place in the queue on leaving unserved.
    public var leftPosition: Int32?
    /// Who answered, by the name in the log.
    public var agent: String?
    /// Who ended the talk.
    public var endedBy: EndedBy?
    /// Whether the agent transferred the caller.
    public var isTransferred = false
    /// Extension and context, or the bridge, of a transfer.
    public var transferTarget: String?
    /// The key with which the caller left.
    public var exitKey: String?
    /// The caller's number as the PBX wrote it; `nil` where it is withheld, too.
    public var caller: String?
    /// The same in E.164, where it is a number.
    public var callerNumber: PhoneNumber?

    /// A visit that goes on.
    public init(queue: String, entry: Int16, enteredAt: Moment) {
        (self.queue, self.entry, self.enteredAt) = (queue, entry, enteredAt)
    }
}

/// The queue events of one call.
public struct CallEvents: Sendable {
    /// The uniqueid of the caller's channel.
    public var callid: String
    /// In ascending order of time.
    public var events: [QueueEvent]

    /// The events of a call.
    public init(callid: String, events: [QueueEvent]) {
        (self.callid, self.events) = (callid, events)
    }
}

/// The visits of one call to queues.
public struct CallVisits: Sendable {
    /// The uniqueid of the caller's channel.
    public var callid: String
    /// In the order in which they began.
    public var visits: [QueueVisit]
    /// The call's number in the warehouse; `nil` while no leg of it is known.
    public var call: Int64?

    /// The visits of a call.
    public init(callid: String, visits: [QueueVisit], call: Int64? = nil) {
        (self.callid, self.visits, self.call) = (callid, visits, call)
    }
}
