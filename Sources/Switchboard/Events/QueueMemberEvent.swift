public import Base

/// A member and a queue.
public struct QueueMemberEvent: Sendable, Equatable {
    /// What happened.
    public enum Kind: String, Sendable {
        case added, removed, paused
        /// The device's state or the penalty changed.
        case changed
    }

    /// What happened; `paused` also reports the end of a pause.
    public var kind: Kind
    /// The member.
    public var member: QueueMemberFacts

    /// An event of a member.
    public init(_ kind: Kind, _ member: QueueMemberFacts) {
        (self.kind, self.member) = (kind, member)
    }
}

/// What a PBX reports about a queue member; unreported values are nil.
public struct QueueMemberFacts: Sendable, Equatable {
    /// The queue.
    public var queue: String
    /// The dialled interface: the key.
    public var interface: String?
    /// The member's name.
    public var name: String?
    /// The interface whose state is used.
    public var stateInterface: String?
    /// `static`, `dynamic` or `realtime`.
    public var membership: String?
    /// The device's state.
    public var status: QueueBoard.Member.Status?
    /// Members with a lower penalty are called first.
    public var penalty: Int?
    /// Calls taken since the counters were reset.
    public var callsTaken: Int?
    /// When the last call ended.
    public var lastCall: Moment?
    /// Whether the member is paused.
    public var isPaused: Bool?
    /// The pause's reason.
    public var pausedReason: String?
    /// When the last pause began. Asterisk keeps this time after the pause, so it has no meaning unless the member is
    /// paused.
    public var pausedSince: Moment?
    /// When the member logged in.
    public var loggedInSince: Moment?
    /// Whether the member has a call from this queue.
    public var isInCall: Bool?

    /// A member of a queue.
    public init(queue: String, interface: String?, name: String? = nil) {
        (self.queue, self.interface, self.name) = (queue, interface, name)
    }

    /// The member as a queue_log identifies it: by name, or by interface if there is none.
    public var agent: String? { name ?? interface }
}
