public import Base
public import CallRecords

/// Somebody inside whose phone rings, or who talks: a queue's member, or the extension of a phone.
public struct CallAgent: Sendable, Hashable {
    /// The member's name in the queue; nil if no queue named it.
    public var name: String?
    /// The extension; nil if the interface does not show it.
    public var `extension`: String?

    /// An agent.
    public init(name: String? = nil, extension: String? = nil) { (self.name, self.extension) = (name, `extension`) }

    /// What distinguishes agents of one PBX: the extension if it is known, so that a phone that is rung by a queue and one
    /// that is dialled directly are the same person's.
    public var key: String { `extension` ?? name ?? "" }
}

/// What is known of a call at the moment of a notice.
public struct CallFacts: Sendable, Equatable {
    /// The id of the call: its linkedid.
    public var linkedid: String
    /// The direction.
    public var direction = Call.Direction.unknown
    /// The caller's number and name, as the PBX reports them; empty if there are none.
    public var callerNumber = "", callerName = ""
    /// The first number that was dialled.
    public var dialled = ""
    /// The queue that the call is in or was in last; empty if it was in none.
    public var queue = ""
    /// When it began, was answered by a person, and ended.
    public var startedAt: Moment, answeredAt: Moment?, endedAt: Moment?
    /// Agents whose phones rang, in order; at most 64.
    public var rang: [CallAgent] = []
    /// Agents who talked, in order; at most 64.
    public var talked: [CallAgent] = []
    /// How long the caller waited for a person: from the first queue, or else from the beginning, to the answer or until now;
    /// nil if it is not known when the call was answered.
    public var wait: Duration?
    /// How long two parties heard each other; nil if a part of it was not seen.
    public var talk: Duration?
    /// The recording, as the PBX names it; nil if none was announced.
    public var recording: String?
    /// Whether the caller reached a mailbox before anybody answered.
    public var hasReachedVoicemail = false
    /// Whether the call was in progress when this program began to follow it, so that its beginning was not seen.
    public var isIncomplete = false

    /// A call of which nothing but its id and its beginning is known.
    public init(linkedid: String, startedAt: Moment) { (self.linkedid, self.startedAt) = (linkedid, startedAt) }
}

/// What software is told about a call, once.
public struct CallNotice: Sendable, Equatable {
    /// What happened.
    public enum Kind: String, Sendable, CaseIterable {
        /// The first phone rings.
        case ringing = "call.ringing"
        /// A person answered, for the first time.
        case answered = "call.answered"
        /// The call is over, or became part of another one.
        case ended = "call.ended"
        /// A caller who was in a queue was answered by nobody, there or later.
        case lost = "call.lost"
        /// A call to a phone, without a queue, was answered by nobody.
        case missed = "call.missed"
        /// An agent's phone rings: show the caller.
        case popOpen = "pop.open"
        /// It does not ring any more.
        case popClose = "pop.close"
    }

    /// How a call ended.
    public enum Outcome: String, Sendable {
        case answered, lost, missed
        /// Nobody answered, and nobody inside was called: an outbound call, or one that ended in a menu.
        case unanswered
        /// It became part of another call.
        case merged
        /// The end was not seen.
        case unknown
    }

    /// Why a phone no longer rings.
    public enum Closing: String, Sendable {
        /// Its agent answered.
        case answered
        /// Another agent answered.
        case answeredElsewhere = "answered_elsewhere"
        /// The caller hung up, or left the queue.
        case abandoned
        /// It rang without an answer, and the call goes on.
        case noAnswer = "no_answer"
    }

    /// What happened.
    public var kind: Kind
    /// Unique on the PBX, and the same if the notice is repeated, such as after a restart.
    public var id: String
    /// When it happened.
    public var at: Moment
    /// The call.
    public var call: CallFacts
    /// Who answered; for a pop, whose phone it is.
    public var agent: CallAgent?
    /// The id that a pop's opening and closing have in common.
    public var pop: String?
    /// Why a pop closes.
    public var closing: Closing?
    /// Who answered instead, where a pop closes.
    public var answeredBy: CallAgent?
    /// How a call ended.
    public var outcome: Outcome?
    /// The call that an ended one became part of.
    public var mergedInto: String?

    /// A notice.
    public init(_ kind: Kind, id: String, at: Moment, call: CallFacts) {
        (self.kind, self.id, self.at, self.call) = (kind, id, at, call)
    }
}
