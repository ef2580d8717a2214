public import Base

/// A request to the PBX that a rule for staffing makes.
public struct StaffingOrder: Sendable, Equatable {
    /// What it is about.
    public var placement: StaffingPlacement
    /// Whether the member is taken out again.
    public var isEnd: Bool
    /// The interface whose state is used, if it is not the dialled one.
    public var stateInterface: String?
    /// Why, in one sentence.
    public var reason: String

    /// Whether nothing is sent.
    public var isDry: Bool { placement.isDry }

    /// Why the order must not be carried out as the queue is now; nil if it may be. It is asked with the queue as it
    /// was read immediately before, because the board may be a moment older.
    public func objection(in queue: StaffingQueue?) -> String? {
        guard let queue else { return "the PBX has no queue \(placement.queue)" }
        let member = queue.member(placement.interface)
        if isEnd {
            guard let member, placement.isUnchanged(member) else { return "somebody else has changed the member" }
            return member.isBusy ? "the member is on a call" : nil
        }
        if placement.action == .add { return member == nil ? nil : "it is a member already" }
        guard let member else { return "it is not a member any more" }
        if member.isBusy || !member.isReachable { return "the member cannot take a call" }
        let isAsBefore =
            placement.action == .penalty
            ? !member.isPaused && member.penalty == placement.formerPenalty
            : member.isPaused && member.pausedReason == placement.formerReason
        return isAsBefore ? nil : "somebody else has changed the member"
    }
}

extension StaffingPlacement {
    /// Whether the member is still as the rule's order left it.
    func isUnchanged(_ member: StaffingMember) -> Bool {
        switch action {
        case .add: member.isDynamic && (loggedInSince == nil || member.isLoggedIn(at: loggedInSince))
        case .penalty: member.penalty == penalty
        case .unpause: !member.isPaused
        }
    }
}

extension StaffingMember {
    /// Whether it was added at this time; true if the PBX does not tell.
    func isLoggedIn(at time: Moment?) -> Bool {
        guard let time, let loggedInSince else { return true }
        return loggedInSince.distance(to: time) < .seconds(1) && time.distance(to: loggedInSince) < .seconds(1)
    }
}

/// What became of an order.
public enum StaffingOutcome: Sendable, Equatable {
    /// The PBX has carried it out; when it added the member, by its own clock.
    case done(loggedInSince: Moment?)
    /// It was not sent, because the queue was not as the rule assumed.
    case outdated(String)
    /// It was refused, or could not be sent.
    case failed(String)
    /// It was sent, and may or may not have been carried out.
    case unknown(String)
}

/// Something that the rules for staffing did or found.
public enum StaffingEvent: Sendable, Equatable {
    /// A member was put into a queue, or would have been.
    case began(StaffingPlacement, reason: String)
    /// A member was taken out again, or would have been.
    case ended(StaffingPlacement, reason: String)
    /// A member is not the rule's any more, because of what somebody else did.
    case released(StaffingPlacement, reason: String)
    /// An order failed.
    case failed(rule: String, reason: String)
}
