/// How a window is divided into periods.
public enum ReportInterval: String, Sendable, CaseIterable {
    /// One period.
    case total
    /// Steps of one hour of real time; a local day with 25 hours has 25 of them.
    case hour
    /// Local days.
    case day
    /// Local weeks, from Monday.
    case week
    /// Local months.
    case month
}
