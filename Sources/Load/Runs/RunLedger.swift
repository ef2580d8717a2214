public import Base
public import CallRecords
public import Postgres
import Warehouse

/// How a run ended, as in `voip.etl_run.exit_status`.
public enum RunOutcome: Int16, Sendable {
    /// Everything was loaded.
    case done = 0
    /// Nothing was loaded.
    case failed = 1
    /// Everything was loaded except rejected records.
    case doneWithRejects = 2
}

/// The result of one run, for `voip.etl_run`; the numbers are those of `etl --json`.
public struct RunRecord: Sendable {
    /// The PBX's name in the configuration.
    public var pbx: String
    /// `csv`, `mysql`, `queue_log` or `ami`.
    public var source: String
    /// The first moment inside the window; `nil` if it is open.
    public var from: Moment?
    /// The first moment after the window.
    public var to: Moment?
    /// IANA name of the zone in which the window is expressed.
    public var timeZone: String?
    /// How it ended.
    public var outcome = RunOutcome.done
    /// Why it failed.
    public var error: String?
    /// `nil` if no CDRs were read.
    public var cdr: Counters?
    /// `nil` if no queue events were read.
    public var queueLog: Counters?
    /// Calls that were created or rebuilt.
    public var calls: Int64 = 0
    /// Those whose customer's number belongs to one contact.
    public var matched: Int64 = 0
    /// Those whose customer's number belongs to several contacts.
    public var ambiguous: Int64 = 0
    /// Those whose customer's number belongs to no contact.
    public var unmatched: Int64 = 0
    /// Sentences for the administrator.
    public var warnings: [String] = []

    /// A run that has done nothing yet.
    public init(pbx: String, source: String) {
        (self.pbx, self.source) = (pbx, source)
    }
}

/// The ledger of runs: a row is added when a run begins and completed when it ends. A row without an end belongs to a
/// killed run; the next run closes it.
public struct RunLedger: Sendable {
    /// `voip.etl_run.run_id`
    public let run: Int64

    /// The row of a run in progress.
    public init(run: Int64) { self.run = run }

    /// Adds the row of a run that begins, and closes those of earlier runs of the PBX that were killed or lost the
    /// database: the caller holds the PBX's lock, so none of them is still working.
    ///
    /// - Throws: `PostgresError`.
    public init(_ record: RunRecord, version: String, _ connection: borrowing Connection) throws {
        _ = try connection.query(
            SQLFiles.Load.closeRuns,
            [.text(record.pbx), .text("It was interrupted: the program was killed, or it lost the database.")]
        )
        run =
            try connection.query(
                "insert into voip.etl_run (pbx, source, version) values ($1, $2, $3) returning run_id",
                [.text(record.pbx), .text(record.source), .text(version)],
                format: .binary
            ).first { row throws(PostgresError) in try row.int64(0) } ?? 0
    }

    /// Completes the run's row.
    ///
    /// - Throws: `PostgresError`.
    public func complete(_ record: RunRecord, seconds: Double, _ connection: borrowing Connection) throws {
        _ = try connection.query(
            SQLFiles.Load.completeRun,
            [
                .int64(run), .int64(Int64(record.outcome.rawValue)), .text(record.error), .double(seconds),
                .moment(record.from), .moment(record.to), .text(record.timeZone), .text(record.cdr.map(Self.json)),
                .text(record.queueLog.map(Self.json)), .int64(record.calls),
                .int64(record.matched), .int64(record.ambiguous), .int64(record.unmatched), .textArray(record.warnings),
            ]
        )
    }

    private static func json(_ counters: Counters) -> String {
        JSON.object(counters.named.map { ($0.name, .integer(Int($0.value))) }).line
    }
}
