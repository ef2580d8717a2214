public import Base

/// A span of an agent's presence: membership of a queue, login, or pause.
public struct AgentSession: Hashable, Sendable {
    /// What kind of presence it is.
    public enum Kind: String, Hashable, Sendable {
        /// ADDMEMBER … REMOVEMEMBER
        case membership
        /// AGENTLOGIN … AGENTLOGOFF
        case login
        case pause
    }

    /// What kind of presence it is.
    public var kind: Kind
    /// Empty for all queues: a login, PAUSEALL.
    public var queue: String
    /// When it began.
    public var startedAt: Moment
    /// `nil` while the session lasts.
    public var endedAt: Moment?
    /// The reason of a pause.
    public var reason: String?
    /// What ended it.
    public var endedBy: QueueEvent.Kind?

    /// A session that is still open.
    public init(kind: Kind, queue: String, startedAt: Moment, reason: String? = nil) {
        (self.kind, self.queue, self.startedAt, self.reason) = (kind, queue, startedAt, reason)
    }
}
