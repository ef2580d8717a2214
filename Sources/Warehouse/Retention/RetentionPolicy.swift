/// How long the warehouse keeps what. What has no age is kept for good.
public struct RetentionPolicy: Sendable, Hashable {
    /// Calls with everything that belongs to them: legs, queue visits, queue events, agents' sessions.
    public var calls: RetentionAge?
    /// Legs (CDRs). Their calls stay, so reports and lists of calls still have them.
    public var legs: RetentionAge?
    /// Queue events. The visits that they made up stay, so queue reports still have them.
    public var events: RetentionAge?
    /// Rejected records.
    public var rejects: RetentionAge?

    /// Keeps everything.
    public init() {}

    /// Whether nothing has an age.
    public var isEmpty: Bool { self == RetentionPolicy() }

    /// Gives an age to everything that has none.
    public mutating func fill(_ age: RetentionAge) {
        calls = calls ?? age
        legs = legs ?? age
        events = events ?? age
        rejects = rejects ?? age
    }
}
