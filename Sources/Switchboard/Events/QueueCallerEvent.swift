/// A caller and a queue.
public struct QueueCallerEvent: Sendable, Equatable {
    /// What happened.
    public enum Kind: String, Sendable {
        case joined
        /// Also follows `abandoned` and a connection.
        case left
        /// The caller hung up, was removed, or was given up by the queue.
        case abandoned
    }

    /// What happened.
    public var kind: Kind
    /// The caller.
    public var caller: QueueCallerFacts

    /// An event of a caller.
    public init(_ kind: Kind, _ caller: QueueCallerFacts) {
        (self.kind, self.caller) = (kind, caller)
    }
}

/// What a PBX reports about a caller in a queue; unreported values are nil.
public struct QueueCallerFacts: Sendable, Equatable {
    /// The queue.
    public var queue: String
    /// The uniqueid of the caller's channel.
    public var uniqueid: String
    /// The channel's name.
    public var channel = ""
    /// The caller's number; empty if there is none.
    public var number = ""
    /// The caller's name; empty if there is none.
    public var name = ""
    /// The place in the queue, counted from 1.
    public var position: Int?
    /// The place on entry.
    public var firstPosition: Int?
    /// How long the caller has waited, in seconds.
    public var wait: Int?

    /// A caller in a queue.
    public init(queue: String, uniqueid: String) {
        (self.queue, self.uniqueid) = (queue, uniqueid)
    }
}
