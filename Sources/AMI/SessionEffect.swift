/// What the owner of a ``Session`` must do, in order.
public enum SessionEffect: Sendable {
    /// Send these bytes.
    case write([UInt8])
    /// Logged in. The text is the greeting.
    case ready(banner: String)
    /// The PBX reports an event.
    case event(Message)
    /// An action ended, with or without success.
    case finished(ticket: Int, Result<Reply, ActionFailure>)
    /// A reply that no action is waiting for, because it is late or was not requested by this session.
    case orphan(Message)
    /// Close the connection. No effect follows.
    case close(SessionFailure?)
}

/// The answer to an action.
public struct Reply: Sendable {
    /// The reply itself.
    public var response: Message
    /// The items of a list, in order; empty for other actions.
    public var items: [Message] = []
    /// The event that ended the list, with its totals.
    public var completion: Message?

    /// Whether the PBX accepted the action. `Goodbye` is the answer to a Logoff only.
    public var isSuccess: Bool {
        guard let word = response["Response"] else { return false }
        return word.isSame(as: "Success") || word.isSame(as: "Follows")
    }

    /// Whether the PBX refused. An answer that is neither this nor a success is inconclusive.
    public var isRefusal: Bool { response["Response"]?.isSame(as: "Error") ?? false }

    /// The PBX's own words.
    public var message: String { (response["Message"] ?? "").trimmedBlanks }

    /// Whether the PBX cut the list short.
    public var isCancelled: Bool { completion?["EventList"]?.isSame(as: "cancelled") ?? false }
}

/// Why an action has no answer.
public struct ActionFailure: Error, Sendable {
    /// The reason.
    public enum Reason: Sendable {
        /// Its deadline passed before the answer came.
        case timedOut
        /// The session ended first.
        case lost
        /// Its list exceeded the limits.
        case listTooLong
        /// Too many actions were waiting already.
        case tooManyWaiting
        /// Its owner no longer waits for it.
        case cancelled
    }

    /// The reason.
    public let reason: Reason
    /// Whether any part of it may have reached the PBX. If so, its outcome is unknown, and it is never sent again.
    public let wasSent: Bool
    /// The ActionID with which it was, or would have been, sent: an event may still report its outcome.
    public var actionID: String?
    /// The list items that had arrived.
    public var partial: [Message]
    /// Why the session ended, if that is the reason.
    public var ending: SessionFailure?

    /// A failure for a reason.
    public init(
        reason: Reason,
        wasSent: Bool,
        actionID: String? = nil,
        partial: [Message] = [],
        ending: SessionFailure? = nil
    ) {
        self.reason = reason
        self.wasSent = wasSent
        self.actionID = actionID
        self.partial = partial
        self.ending = ending
    }
}

/// Why a session is over.
public enum SessionFailure: Error, Sendable, Equatable {
    /// No greeting came in time.
    case bannerTimeout
    /// The connection was closed before a greeting: too many sessions (`authlimit`), an ACL, or a TLS port.
    case closedBeforeBanner
    /// The login's answer did not come in time.
    case loginTimeout
    /// The connection was closed before the login's answer.
    case closedDuringLogin
    /// The PBX refused the login; in its own words. It gives the same answer for a wrong user, a wrong secret and a
    /// denied address.
    case loginRefused(String)
    /// The connection was closed. `insideMessage`: a message was cut off; `announced`: the PBX had announced a
    /// shutdown.
    case lost(insideMessage: Bool, announced: Bool)
    /// The PBX no longer answers.
    case unanswered
    /// The bytes make no sense.
    case broken(ProtocolError)
}
