/// What a measure found for one subject: a queue, an agent, a trunk, or the whole PBX.
public struct AlertFinding: Sendable, Equatable {
    /// What it is about, such as `["pbx": "main", "queue": "support"]`. Never a caller's number.
    public var labels: [String: String]
    /// The figure, in the measure's unit.
    public var value: Double
    /// One sentence with the figure.
    public var summary: String
    /// Causes that are known, one sentence each.
    public var causes: [String]
    /// The callers concerned, masked.
    public var callers: [String]
    /// The path of the page that shows it.
    public var path: String
    /// The texts for people who read another language than English; nil if nobody does.
    public var translated: AlertText?

    /// A figure and what is known about it.
    public init(
        _ labels: [String: String],
        _ value: Double,
        _ summary: String,
        causes: [String] = [],
        callers: [String] = [],
        path: String
    ) {
        (self.labels, self.value, self.summary) = (labels, value, summary)
        (self.causes, self.callers, self.path) = (causes, callers, path)
    }
}
