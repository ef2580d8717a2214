public import Base

/// The state of one alert that is not inactive. Resolved alerts are inactive again.
public struct AlertState: Sendable, Equatable, Codable {
    /// How far the alert is.
    public enum Phase: String, Sendable, Codable {
        /// The condition holds, but not yet for as long as the rule's `for`.
        case pending
        /// The condition holds, or has not been cleared.
        case firing
        /// The condition has been cleared, but not yet for as long as the rule's `keep`.
        case recovering
    }

    /// The rule and the subject.
    public let identity: AlertIdentity
    /// The rule's severity.
    public internal(set) var severity: AlertSeverity
    /// How far it is.
    public internal(set) var phase = Phase.pending
    /// When the condition became true.
    public let since: Moment
    /// When it began to fire; nil while pending.
    public internal(set) var firedAt: Moment?
    /// When the condition was last seen to be true.
    public internal(set) var trueAt: Moment
    /// Since when nothing has been known about the subject; nil while it is known.
    public internal(set) var blindSince: Moment?
    /// The figure when the condition was last true.
    public internal(set) var value: Double
    /// One sentence with the figure.
    public internal(set) var summary: String
    /// Causes that are known.
    public internal(set) var causes: [String]
    /// The callers concerned, masked.
    public internal(set) var callers: [String]
    /// The page that shows it.
    public internal(set) var path: String
    /// The texts for people who read another language than English; nil if nobody does.
    public internal(set) var translated: AlertText?
    /// The beginning of `for` or `keep`. Time during which nothing was known does not count, so this moves on by it.
    var countedFrom: Moment

    /// The condition of a rule has just become true.
    init(_ identity: AlertIdentity, _ severity: AlertSeverity, _ finding: AlertFinding, at now: Moment) {
        (self.identity, self.severity, value) = (identity, severity, finding.value)
        (since, trueAt, countedFrom) = (now, now, now)
        (summary, causes, callers, path) = (finding.summary, finding.causes, finding.callers, finding.path)
        translated = finding.translated
    }

    /// Whether receivers see it as firing.
    public var isFiring: Bool { phase != .pending }

    /// Takes the figures of a finding for which the condition is true.
    mutating func take(_ finding: AlertFinding, at now: Moment) {
        (trueAt, value) = (now, finding.value)
        (summary, causes, callers, path) = (finding.summary, finding.causes, finding.callers, finding.path)
        translated = finding.translated
    }

    /// The alert as receivers are told about it.
    func alert(_ status: Alert.Status) -> Alert {
        Alert(
            identity: identity,
            severity: severity,
            status: status,
            startedAt: since,
            endedAt: status == .resolved ? trueAt : nil,
            summary: summary,
            causes: causes,
            callers: callers,
            path: path,
            translated: translated
        )
    }
}
