import Extract

/// The files and tables of a run that could not be read.
///
/// A damaged or missing file does not stop the others: it is named, and the run ends with status 2. Where nothing could be
/// read, the run fails.
struct InputFailures {
    private var failures: [ExtractError] = []
    private var origins: Set<String> = []

    /// Notes that a file or table could not be read.
    mutating func add(_ error: ExtractError, of origin: String) {
        failures.append(error)
        origins.insert(origin)
    }

    /// Whether a file or table could not be read.
    func contains(_ origin: String) -> Bool { origins.contains(origin) }

    /// Names the files and tables that could not be read.
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
