/// How a window is cut into periods.
public enum ReportInterval: String, Sendable, CaseIterable {
    /// One period.
    case total
    /// Steps of an hour of real time; the local day that has 25 of them gets 25.
    case hour
    /// Local days.
    case day
    /// Local weeks, from Monday.
    case week
    /// Local months.
    case month
}
