/// An output format of reports.
public enum ReportFormat: String, CaseIterable, Sendable {
    /// For a terminal.
    case table
    /// One file per report.
    case csv
    /// For programs.
    case json
    /// One page with charts.
    case html
    /// One workbook.
    case xlsx

    /// The extension of such a file.
    public var ending: String { self == .table ? "txt" : rawValue }

    /// The media type, for HTTP (RFC 4180, RFC 8259, and what IANA lists for workbooks).
    public var mediaType: String {
        switch self {
        case .table: "text/plain; charset=utf-8"
        case .csv: "text/csv; charset=utf-8; header=present"
        case .json: "application/json"
        case .html: "text/html; charset=utf-8"
        case .xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        }
    }

    /// Whether the format shows charts and comparisons.
    public var hasCharts: Bool { self == .html || self == .xlsx }
}
