/// An item in a complete list of queues, their members and callers.
public enum QueueSnapshotItem: Sendable, Equatable {
    /// A queue with its counters.
    case queue(QueueFacts)
    /// A member of a queue.
    case member(QueueMemberFacts)
    /// A waiting caller.
    case caller(QueueCallerFacts)
}

/// What a PBX reports about a queue.
public struct QueueFacts: Sendable, Equatable {
    /// Its name.
    public var name: String
    /// Its strategy, such as `rrmemory`.
    public var strategy = ""
    /// The most callers; 0 means no limit.
    public var maximum = 0
    /// Calls completed since the counters were reset.
    public var completed = 0
    /// Calls abandoned since then.
    public var abandoned = 0
    /// Average wait in seconds; Asterisk weights recent calls more.
    public var holdTime = 0
    /// Average talk time in seconds, weighted in the same way.
    public var talkTime = 0
    /// The service level in seconds.
    public var serviceLevel = 0
    /// Percentage of the completed calls that were answered within it.
    public var serviceLevelPerf = 0.0
    /// Percentage of all calls that were answered or abandoned within it (Asterisk 16 and later).
    public var serviceLevelPerf2: Double?

    /// A queue without figures.
    public init(name: String) {
        self.name = name
    }
}
