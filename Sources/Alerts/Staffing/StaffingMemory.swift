public import Base

/// Everything that the rules for staffing have to remember over a restart.
public struct StaffingMemory: Sendable, Equatable, Codable {
    /// The rules that are not at rest, by name.
    public internal(set) var rules: [String: StaffingState] = [:]
    /// The members that rules have put into queues.
    public internal(set) var placements: [StaffingPlacement] = []
    /// When the rules were last evaluated.
    public internal(set) var at: Moment

    /// Nothing has happened yet.
    public init(at now: Moment) { at = now }

    /// Whether no rule has anything to remember.
    public var isEmpty: Bool { rules.isEmpty && placements.isEmpty }

    /// Whether something has changed that must not be forgotten, rather than only the latest figures.
    public func differs(from other: StaffingMemory) -> Bool {
        placements != other.placements || rules.mapValues(\.withoutFigure) != other.rules.mapValues(\.withoutFigure)
    }
}

/// How far a rule for staffing is.
public struct StaffingState: Sendable, Equatable, Codable {
    /// How far it is.
    public enum Phase: String, Sendable, Codable, CaseIterable {
        /// The queue needs nobody.
        case normal
        /// The queue needs somebody, but not yet for as long as the rule's `for`.
        case pending
        /// The queue needs somebody, and gets members.
        case staffed
        /// It is calm, but not for long enough, or not everybody could be taken out yet.
        case recovering
    }

    /// Why no order is given for a while.
    public struct Trouble: Sendable, Equatable, Codable {
        /// Since when orders have failed.
        public var since: Moment
        /// How many failed in a row.
        public var failures: Int
        /// What the last one failed of.
        public var reason: String
    }

    /// How far it is.
    public internal(set) var phase = Phase.normal
    /// Since when it has been so far.
    public internal(set) var since: Moment
    /// Since when nothing has been known about the queue; nil while it is known.
    public internal(set) var blindSince: Moment?
    /// The last figure.
    public internal(set) var value: Double?
    /// The last figure in one sentence.
    public internal(set) var summary = ""
    /// The same for people who read another language than English; nil if nobody does.
    public internal(set) var translated: String?
    /// Why orders fail; nil unless they do.
    public internal(set) var trouble: Trouble?
    /// The beginning of `for` or `keep`. Time during which nothing was known does not count, so this moves on by it.
    var countedFrom: Moment
    /// When the last member was put in.
    var lastAt: Moment?
    /// No order is given before.
    var restUntil: Moment?
    /// Whom the rule does not use again until it is at rest: somebody else took them out, or they were in for the
    /// longest time.
    var spent: Set<String> = []

    init(at now: Moment) { (since, countedFrom) = (now, now) }

    /// Whether nothing has to be remembered.
    func isAtRest(at now: Moment) -> Bool { phase == .normal && now >= restUntil ?? .distantPast }

    fileprivate var withoutFigure: Self {
        var copy = self
        (copy.value, copy.summary, copy.translated) = (nil, "", nil)
        return copy
    }
}

/// A member that a rule has put into a queue, or is about to.
public struct StaffingPlacement: Sendable, Equatable, Codable {
    /// The rule.
    public var rule: String
    /// The PBX and the queue.
    public var pbx: String, queue: String
    /// What was done.
    public var action: StaffingAction
    /// The member's interface.
    public var interface: String
    /// The member's name; empty if there is none.
    public var name: String
    /// Whether it was only said that it would be done.
    public var isDry: Bool
    /// When the order was given. It is written down before the PBX gets the order, so that a killed program knows of
    /// it.
    public var orderedAt: Moment
    /// When the PBX had carried it out; nil as long as that is unknown.
    public var since: Moment?
    /// Whether it can be told neither that the member is the rule's nor that it is not; then nothing is done.
    public var isDoubtful: Bool { doubtSince != nil }
    /// When the PBX added the member, by its own clock.
    var loggedInSince: Moment?
    /// The penalty that the member got, and the one before.
    public internal(set) var penalty = 0, formerPenalty = 0
    /// The reason of the pause that was ended; empty if it had none.
    public internal(set) var formerReason = ""
    /// Whether the board has shown it since.
    var isSeen = false
    /// Since when it has been unknown whether the member is still the rule's.
    var doubtSince: Moment?
    /// Since when the PBX has not had the queue.
    var missingSince: Moment?

    /// Whether it is about the same member of the same queue.
    func isAbout(_ pbx: String, _ queue: String, _ interface: String) -> Bool {
        self.pbx == pbx && self.queue.lowercased() == queue.lowercased() && self.interface == interface
    }
}
