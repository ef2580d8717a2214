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
