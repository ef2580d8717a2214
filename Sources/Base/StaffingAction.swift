/// What a rule for staffing does with a member of a queue. The names are those of the configuration.
public enum StaffingAction: String, CaseIterable, Sendable, Codable {
    /// Adds a member to the queue, and removes it afterwards.
    case add
    /// Lowers a member's penalty, and restores it afterwards.
    case penalty
    /// Ends a member's pause, and pauses the member again afterwards.
    case unpause
}
