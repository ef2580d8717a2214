/// How long the warehouse keeps each kind of record. A kind without an age is kept forever.
public struct RetentionPolicy: Sendable, Hashable {
    /// Calls with everything that belongs to them: legs, queue visits, queue events, agents' sessions.
    public var calls: RetentionAge?
    /// Legs (CDRs). Their calls are kept, so reports and lists of calls still include them.
    public var legs: RetentionAge?
    /// Queue events. The visits derived from them are kept, so queue reports still include them.
    public var events: RetentionAge?
    /// Rejected records.
    public var rejects: RetentionAge?

    /// Keeps everything.
    public init() {}

    /// Whether no kind has an age.
    public var isEmpty: Bool { self == RetentionPolicy() }

    /// Sets the age of every kind that has none.
    public mutating func fill(_ age: RetentionAge) {
        calls = calls ?? age
        legs = legs ?? age
        events = events ?? age
        rejects = rejects ?? age
    }
}
