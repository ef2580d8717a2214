/// A queue's caller and one of its members.
public struct QueueCallEvent: Sendable, Equatable {
    /// What happened.
    public enum Kind: Sendable, Equatable {
        /// The member's phone is ringing.
        case rings
        /// The member answered, and both talk.
        case connected
        /// They have talked; the reason is nil if the PBX gives an unknown one.
        case completed(EndReason?)
        /// The member's phone rang without an answer.
        case ringNoAnswer
        /// The member refused the call after its announcement.
        case dumped
    }

    /// Who ended the talk.
    public enum EndReason: String, Sendable {
        case caller, agent, transfer
    }

    /// What happened.
    public var kind: Kind
    /// The queue.
    public var queue: String
    /// The uniqueid of the caller's channel; nil if that channel no longer exists.
    public var caller: String?
    /// The member's interface.
    public var interface: String?
    /// The member's name.
    public var memberName: String?
    /// The uniqueid of the channel to the member's phone.
    public var phone: String?
    /// Seconds that the caller waited.
    public var wait: Int?
    /// Seconds that they talked.
    public var talk: Int?
    /// How long the phone rang: in seconds when connected, in milliseconds without an answer, as Asterisk counts.
    public var ring: Int?

    /// An event of a queue call.
    public init(_ kind: Kind, queue: String, caller: String?, interface: String? = nil, memberName: String? = nil) {
        self.kind = kind
        self.queue = queue
        self.caller = caller
        self.interface = interface
        self.memberName = memberName
    }

    /// The member as a queue_log identifies it: by name, or by interface if there is none.
    public var agent: String? { memberName ?? interface }
}
