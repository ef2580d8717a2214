/// One ring of an agent's phone.
struct Ring: Sendable {
    enum End: Sendable { case answered, missed, canceled }

    let agent: Agent
    /// The uniqueid of the agent's channel, and its name.
    let channel: Channel
    let begin: Int
    let end: Int
    let how: End
}

/// A name and a uniqueid.
struct Channel: Sendable {
    let name: String
    let uniqueid: String
}

/// One stay of one caller in one queue.
struct Visit: Sendable {
    enum Outcome: String, Sendable {
        case answered, abandoned
        case timedOut = "timed_out"
        case exitKey = "exit_key"
        case exitEmpty = "exit_empty"
    }

    let call: Int
    let queue: CallQueue
    let entered: Int
    let position: Int
    var rings: [Ring] = []
    var outcome = Outcome.abandoned
    /// When the caller was connected, or left.
    var left = 0
    /// Place in the queue at that time.
    var lastPosition = 1
    /// Seconds of talk with the agent.
    var talk = 0
    /// The extension or queue to which the agent passed the caller.
    var passedTo: String?
    var agentHangsUp = false

    var wait: Int { left - entered }
    var ended: Int { left + talk }
    var agent: Agent? { outcome == .answered ? rings.last?.agent : nil }
}

/// One call, of any direction.
struct Call: Sendable {
    enum Direction: String, Sendable { case inbound, outbound, `internal` }
    enum Disposition: String, Sendable {
        case answered
        case noAnswer = "no_answer"
        case busy, failed
    }

    let number: Int
    let direction: Direction
    /// Nobody if the number is withheld, or for an internal call.
    let person: Person?
    /// The caller's number as the trunk wrote it.
    var caller = ""
    /// The number of ours that was called; empty if a phone inside called.
    var did = ""
    let begin: Int
    let channel: Channel
    var trunk = Trunk.berlin
    var disposition = Disposition.noAnswer
    /// When somebody answered, except in queues.
    var answered: Int?
    var end = 0
    /// Seconds in which somebody outside and somebody inside spoke.
    var talk = 0
    /// The phone inside that the call is about, unless a queue answered it.
    var exten = ""
}
