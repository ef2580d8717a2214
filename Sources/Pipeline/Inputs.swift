internal import Extract

/// The files and tables of a run, and those among them that could not be read.
///
/// A damaged or missing file does not stop the others: it is named, and the run ends with status 2. Where nothing could be
/// read, the run fails.
struct Inputs {
    /// How many files and tables there are.
    private let count: Int
    private var failures: [ExtractError] = []

    init(_ plan: Plan) {
        let legs =
            switch plan.cdr {
            case .files(let paths, _): paths.count
            case .table: 1
            case nil: 0
            }
        let events =
            switch plan.queueLog {
            case .files(let paths, _): paths.count
            case .table: 1
            case nil: 0
            }
        count = legs + events
    }

    /// Notes that a file could not be read.
    mutating func fail(_ error: ExtractError) { failures.append(error) }

    /// Names the files that could not be read.
    ///
    /// - Throws: the first failure, where there is nothing but failures.
    func settle(_ result: inout RunResult) throws(ExtractError) {
        if let first = failures.first, failures.count >= count { throw first }
        for failure in failures { result.add(trouble: failure.message) }
    }
}
