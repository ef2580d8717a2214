internal import Extract

/// The files and tables of a run that could not be read.
///
/// A damaged or missing file does not stop the others: it is named, and the run ends with status 2. Where nothing could be
/// read, the run fails.
struct InputFailures {
    private var failures: [ExtractError] = []

    /// Notes that a file could not be read.
    mutating func add(_ error: ExtractError) { failures.append(error) }

    /// Whether a table is not there, or is none of the kind.
    var lacksTable: Bool { failures.contains { $0.code == .unknownTable } }

    /// Names the files that could not be read.
    ///
    /// - Parameters:
    ///   - count: how many files and tables there are.
    ///   - result: gets a sentence for each of them.
    /// - Throws: the first failure, where there is nothing but failures.
    func report(of count: Int, to result: inout RunResult) throws(ExtractError) {
        if let first = failures.first, failures.count >= count { throw first }
        for failure in failures { result.add(trouble: failure.message) }
    }
}
