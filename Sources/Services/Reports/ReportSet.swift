public import Base
public import Reporting

/// Reports of one request, run on one state of the warehouse.
public struct ReportSet: ServiceResult {
    /// The reports, in the order of the request; their rows are typed by their columns.
    public let results: [ReportResult]
    /// The same reports with the figures behind charts and comparisons, if these were asked for.
    public let book: ReportBook?
    /// Reports that failed beside others that did not.
    public let failures: [ReportFailure]
    /// Sentences about reports of the user's own that are broken and were not asked for.
    public let warnings: [String]

    /// What a reader should know about the data, each sentence once.
    public var notes: [String] {
        var seen: Set<String> = []
        return results.flatMap(\.notes).filter { seen.insert($0).inserted }
    }

    /// Whether several reports were asked for.
    var isSeveral: Bool { results.count + failures.count > 1 }

    /// The object that `report --json` prints of one report; of several an array of such objects.
    public var json: JSON {
        isSeveral ? .array(results.map(\.json)) : results.first?.json ?? .array([])
    }
}
