public import Base

/// Everything that the machine has to remember over a restart.
public struct AlertMemory: Sendable, Equatable, Codable {
    /// The alerts that are not inactive, by fingerprint.
    public internal(set) var states: [String: AlertState] = [:]
    /// Messages that have not been accepted yet, oldest first.
    public internal(set) var outbox: [AlertMessage] = []
    /// When the rules were last evaluated.
    public internal(set) var at: Moment
    var groups: [AlertGroup.Key: AlertGroup] = [:]
    /// The number of messages that were made.
    var sequence = 0

    /// Nothing has happened yet.
    public init(at now: Moment) { at = now }
}

extension AlertMemory {
    /// Whether something has changed that must not be forgotten, rather than only the latest figures.
    public func differs(from other: AlertMemory) -> Bool {
        sequence != other.sequence || outbox.count != other.outbox.count || groups != other.groups
            || states.count != other.states.count
            || states.contains { key, state in
                let old = other.states[key]
                return old?.phase != state.phase || old?.since != state.since
                    || (old?.blindSince == nil) != (state.blindSince == nil)
            }
    }
}
