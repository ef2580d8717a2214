/// How urgent an alert is, in the words that Prometheus rules and PagerDuty share.
public enum AlertSeverity: String, Sendable, Codable, CaseIterable, Comparable {
    /// Worth reading, not worth interrupting anybody.
    case info
    /// Somebody should look at it today.
    case warning
    /// Callers suffer now, or money is being lost.
    case critical

    /// Less urgent comes first.
    public static func < (first: AlertSeverity, second: AlertSeverity) -> Bool { first.rank < second.rank }

    private var rank: Int {
        switch self {
        case .info: 0
        case .warning: 1
        case .critical: 2
        }
    }
}
