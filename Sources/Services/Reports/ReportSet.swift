public import Base
public import Reporting

/// The reports of one request, run on one consistent state of the warehouse.
public struct ReportSet: ServiceResult {
    /// The reports, in the order of the request; their rows are typed by their columns.
    public let results: [ReportResult]
    /// The same reports with the figures for charts and comparisons, if these were requested.
    public let book: ReportBook?
    /// Reports that failed while others did not.
    public let failures: [ReportFailure]
    /// Messages about the user's own reports that are broken but were not requested.
    public let warnings: [String]

    /// The same with only these columns.
    func with(columns names: [String]) -> ReportSet {
        ReportSet(
            results: results.map { $0.with(columns: names) },
            book: book?.with(columns: names),
            failures: failures,
            warnings: warnings
        )
    }

    /// What a reader should know about the data, each sentence once.
    public var notes: [String] {
        var seen: Set<ReportNote> = []
        return results.flatMap(\.notes).filter { seen.insert($0).inserted }.map(\.text)
    }

    /// Whether several reports were requested.
    var isSeveral: Bool { results.count + failures.count > 1 }

    /// For one report, the object that `report --json` prints; for several, an array of such objects.
    public var json: JSON {
        isSeveral ? .array(results.map(\.json)) : results.first?.json ?? .array([])
    }
}
