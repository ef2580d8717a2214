/// Sums over the rows of the report `calls`.
struct CallSums: Sendable {
    let calls: Int64
    let answered: Int64
    /// Seconds.
    let talk: Int64

    init(_ result: ReportResult) { self.init(result, result.rows) }

    init(_ result: ReportResult, _ rows: [[ReportCell]]) {
        func sum(_ column: String) -> Int64 { rows.reduce(0) { $0 + result.integer($1, column) } }
        (calls, answered, talk) = (sum("calls"), sum("answered"), sum("talk_total_s"))
    }
}
