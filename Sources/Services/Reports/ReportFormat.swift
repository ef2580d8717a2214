/// A form that reports come in.
public enum ReportFormat: String, CaseIterable, Sendable {
    /// For a terminal.
    case table
    /// One file a report.
    case csv
    /// For programs.
    case json
    /// One page with charts.
    case html
    /// One workbook.
    case xlsx

    /// How the name of such a file ends.
    public var ending: String { self == .table ? "txt" : rawValue }

    /// Whether the form shows charts and comparisons.
    public var hasCharts: Bool { self == .html || self == .xlsx }
}
