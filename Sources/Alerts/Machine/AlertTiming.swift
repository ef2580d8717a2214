/// When receivers are told.
public struct AlertTiming: Sendable, Equatable {
    /// How long the first message of a group waits, so that alerts that begin together arrive together.
    public var groupWait: Duration
    /// The least time between messages about a group, except that all its alerts are over.
    public var groupInterval: Duration
    /// After how long receivers are reminded of alerts that still fire.
    public var remind: Duration

    /// The usual times, or others.
    public init(
        groupWait: Duration = .seconds(10),
        groupInterval: Duration = .seconds(60),
        remind: Duration = .seconds(4 * 3600)
    ) {
        (self.groupWait, self.groupInterval, self.remind) = (groupWait, groupInterval, remind)
    }
}
