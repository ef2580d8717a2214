public import Base

/// One condition of one rule for one subject (a queue, an agent, a trunk), as receivers are told about it.
public struct Alert: Sendable, Equatable, Codable {
    /// Whether the condition still holds.
    public enum Status: String, Sendable, Codable {
        case firing, resolved
    }

    /// What the alert is about. Two alerts with the same rule and labels are the same alert at different times.
    public let identity: AlertIdentity
    /// The rule's severity.
    public let severity: AlertSeverity
    /// Firing until the condition has been cleared.
    public let status: Status
    /// When the condition became true: the beginning of `for`, not the end of it.
    public let startedAt: Moment
    /// When the condition was last true; nil while the alert fires.
    public let endedAt: Moment?
    /// One sentence with the figure, such as "The longest caller in support has been waiting for 2:40.".
    public let summary: String
    /// Causes that are known, one sentence each, such as "3 of 5 agents are paused, 2 of them for lunch.".
    public let causes: [String]
    /// The callers concerned, as the receiver may see them (masked, or with their names). Empty if none are.
    public let callers: [String]
    /// The path of the page that shows it, such as `/queues?queues=support`, without the server's address.
    public let path: String
    /// Summary, causes and callers for people who read another language than English; nil if nobody does.
    public let translated: AlertText?

    /// An alert as of now.
    public init(
        identity: AlertIdentity,
        severity: AlertSeverity,
        status: Status,
        startedAt: Moment,
        endedAt: Moment?,
        summary: String,
        causes: [String] = [],
        callers: [String] = [],
        path: String,
        translated: AlertText? = nil
    ) {
        self.identity = identity
        self.severity = severity
        self.status = status
        self.startedAt = startedAt
        self.endedAt = endedAt
        self.summary = summary
        self.causes = causes
        self.callers = callers
        self.path = path
        self.translated = translated
    }
}
