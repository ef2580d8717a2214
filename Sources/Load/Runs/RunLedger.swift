public import Postgres

/// What became of one run, for `voip.etl_run`; the numbers are those of `etl --json`.
public struct RunRecord: Sendable {
    public var pbx: String
    public var source: String
    /// Seconds since 1970-01-01 00:00:00 UTC; `nil` where the window is open.
    public var from: Int64?
    public var to: Int64?
    public var timeZone: String?
    public var exitStatus: Int16 = 0
    public var error: String?
    /// JSON objects of counters; `nil` where the source was not read.
    public var cdr: String?
    public var queueLog: String?
    public var calls: Int64 = 0
    public var matched: Int64 = 0
    public var ambiguous: Int64 = 0
    public var unmatched: Int64 = 0
    public var warnings: [String] = []

    public init(pbx: String, source: String) {
        (self.pbx, self.source) = (pbx, source)
    }
}

/// The ledger of runs: a row when a run begins, completed when it ends. A row without an end is a run that was killed.
public struct RunLedger: Sendable {
    /// `voip.etl_run.run_id`
    public let run: Int64

    /// Enters a run that begins.
    ///
    /// - Throws: `PostgresError`.
    public init(_ record: RunRecord, version: String, _ connection: borrowing Connection) throws {
        run =
            try connection.query(
                "insert into voip.etl_run (pbx, source, version) values ($1, $2, $3) returning run_id",
                [.text(record.pbx), .text(record.source), .text(version)],
                format: .binary
            ).first { row throws(PostgresError) in try row.int64(0) } ?? 0
    }

    /// Completes the row of the run.
    ///
    /// - Throws: `PostgresError`.
    public func complete(_ record: RunRecord, seconds: Double, _ connection: borrowing Connection) throws {
        _ = try connection.query(
            Statements.named("complete_run"),
            [
                .int64(run), .int64(Int64(record.exitStatus)), .text(record.error), .double(seconds),
                record.from.map { .timestamp(seconds: $0) } ?? .null,
                record.to.map { .timestamp(seconds: $0) } ?? .null,
                .text(record.timeZone), .text(record.cdr), .text(record.queueLog), .int64(record.calls),
                .int64(record.matched), .int64(record.ambiguous), .int64(record.unmatched), .textArray(record.warnings),
            ]
        )
    }
}
