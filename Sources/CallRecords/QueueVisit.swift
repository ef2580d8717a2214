public import Base

/// One stay of a call in a queue, from ENTERQUEUE to its end. A call may make several visits, even to the same queue.
public struct QueueVisit: Hashable, Sendable {
    /// How a visit ended (contract, section 5).
    public enum Outcome: String, Hashable, Sendable {
        case answered
        /// The caller hung up.
        case abandoned
        case timedOut = "timed_out"
        /// The caller pressed a key to leave.
        case exitKey = "exit_key"
        /// No member was available to answer.
        case exitEmpty = "exit_empty"
        /// Removed by a manager.
        case withdrawn
        /// Its end can no longer be logged: the PBX restarted, or the call entered the same queue again.
        case unserved
        /// Still waiting, as far as the log goes.
        case inProgress = "in_progress"
    }

    /// Who ended an answered visit.
    public enum EndedBy: String, Hashable, Sendable {
        case agent, caller, transfer
    }

    /// Where the log has the beginning of a visit, its ENTERQUEUE.
    public enum Beginning: Hashable, Sendable {
        /// Under the call's own callid.
        case logged
        /// Nowhere: it was computed from the lengths in a later event.
        case missing
        /// Under the callid of the channel with which an agent called the queue before transferring the caller into it.
        case loggedAs(callid: String)
    }

    /// The queue, by its name in the log.
    public var queue: String
    /// 1 for the call's first visit to this queue, 2 for the second, and so on.
    public var entry: Int16
    /// When the caller entered; computed from the logged lengths if ENTERQUEUE is missing.
    public var enteredAt: Moment
    /// Where the log has the beginning.
    public var beginning = Beginning.logged
    /// When an agent answered.
    public var connectedAt: Moment?
    /// When the caller hung up or moved on, or the talk ended; `nil` while unknown.
    public var leftAt: Moment?
    /// How the visit ended.
    public var outcome = Outcome.inProgress
    /// Whole seconds, as the PBX logged them; `nil` while unknown.
    public var wait: Int32?
    /// How long the phone of the agent who answered rang, in whole seconds.
    public var ring: Int32?
    /// Whole seconds of talk; `nil` while unknown.
    public var talk: Int32?
    /// The place in the queue on entering.
    public var position: Int32?
    /// The place in the queue when the caller left without an answer.
    public var leftPosition: Int32?
    /// Who answered: the agent's name in the log.
    public var agent: String?
    /// Who ended the talk.
    public var endedBy: EndedBy?
    /// Whether the agent transferred the caller.
    public var isTransferred = false
    /// The target of a transfer: extension and context, or the bridge.
    public var transferTarget: String?
    /// The key that the caller pressed to leave.
    public var exitKey: String?
    /// The caller's number as the PBX wrote it; `nil` also if it is withheld.
    public var caller: String?
    /// The same in E.164, if it is a valid number.
    public var callerNumber: PhoneNumber?

    /// A visit that is still open.
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
