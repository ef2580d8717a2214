import Extract

/// The files and tables of a run that could not be read.
///
/// A damaged or missing file does not stop the others: it is named, and the run ends with status 2. If nothing could be
/// read, the run fails.
struct InputFailures {
    private var failures: [ExtractError] = []
    private var origins: Set<String> = []

    /// Records that a file or table could not be read.
    mutating func add(_ error: ExtractError, of origin: String) {
        failures.append(error)
        origins.insert(origin)
    }

    /// Whether a file or table could not be read.
    func contains(_ origin: String) -> Bool { origins.contains(origin) }

    /// Names the files and tables that could not be read.
    ///
    /// - Parameters:
    ///   - count: the number of files and tables.
    ///   - result: receives a message for each of them.
    /// - Throws: the first failure, if there is nothing but failures.
    func report(of count: Int, to result: inout RunResult) throws(ExtractError) {
        if let first = failures.first, failures.count >= count { throw first }
        for failure in failures { result.add(trouble: failure.message) }
    }
}
