public import Reporting

/// Reports of one request, run on one state of the warehouse.
public enum ReportSet: Sendable {
    /// The reports alone.
    case results([ReportResult])
    /// The reports with the figures behind charts and comparisons.
    case book(ReportBook)

    /// The reports.
    public var results: [ReportResult] {
        switch self {
        case .results(let results): results
        case .book(let book): book.results
        }
    }

    /// What a reader should know about the data, each sentence once.
    public var notes: [String] {
        var seen: Set<String> = []
        return results.flatMap(\.notes).filter { seen.insert($0).inserted }
    }
}
