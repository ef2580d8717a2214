public import CallRecords
import Load

/// The result of a run: the object that `etl --json` prints (contract, section 3).
public struct RunResult: Sendable {
    /// `voip.etl_run.run_id`; 0 for a dry run, which has no row.
    public var run: Int64 = 0
    /// The PBX's name in the configuration.
    public var pbx: String
    /// `csv`, `mysql`, or, if no CDRs were read, `queue_log` or `ami`.
    public var source: String
    /// The requested window, in UTC.
    public var window = TimeWindow.all
    /// The zone in which the window is expressed.
    public var timeZone = "UTC"
    /// Whether nothing was changed.
    public var isDryRun = false
    /// How long it took.
    public var seconds = 0.0
    /// Where the time went.
    public internal(set) var times = RunTimes()
    /// `nil` if no CDRs were read.
    public var cdr: Counters?
    /// `nil` if no queue_log was read.
    public var queueLog: Counters?
    /// Calls with a new or changed leg, queue event or visit.
    public var calls = 0
    /// Those calls whose customer's number belongs to one contact.
    public var matched = 0
    /// Those whose number belongs to several contacts.
    public var ambiguous = 0
    /// Those whose number belongs to no contact.
    public var unmatched = 0
    /// Messages for the user.
    public var warnings: [String] = []
    /// Those of ``warnings`` that report undone work: a file that could not be read while others could, or contacts
    /// that could not be refreshed. A run with troubles is done, but not completely.
    public private(set) var troubles: [String] = []
    /// Records rejected for the first time. A record that was rejected before and is unchanged needs no second mail.
    public private(set) var newRejectCount: Int64 = 0

    init(_ plan: Plan) {
        pbx = plan.pbx
        isDryRun = plan.isDryRun
        source =
            switch plan.cdr {
            case .table: "mysql"
            case .files: "csv"
            case nil: plan.queueEvents.rawValue
            }
        for warning in plan.warnings { warn(warning) }
        for trouble in plan.troubles { add(trouble: trouble) }
    }

    /// Whether everything requested was done, and no record was rejected for the first time.
    public var isComplete: Bool { troubles.isEmpty && newRejectCount == 0 }

    /// Records that were rejected, now or before.
    public var rejectCount: Int64 { (cdr?.rejected ?? 0) + (queueLog?.rejected ?? 0) }

    /// Whether the run changed the warehouse.
    public var hasChanges: Bool {
        [cdr, queueLog].contains { ($0?.changes ?? 0) > 0 }
    }

    /// Those of ``warnings`` that describe permanent properties, which are no reason to send mail every night.
    public private(set) var notices: Set<String> = []
    /// Records rejected for the first time, as they were read; at most ``newRejectsKept``.
    public private(set) var newRejects: [RejectedRecord] = []
    static let newRejectsKept = 1000

    mutating func warn(_ warning: String?) {
        if let warning, !warnings.contains(warning) { warnings.append(warning) }
    }

    mutating func add(trouble: String) {
        warn(trouble)
        if !troubles.contains(trouble) { troubles.append(trouble) }
    }

    mutating func notice(_ notice: String?) {
        warn(notice)
        if let notice { notices.insert(notice) }
    }

    mutating func take(_ remarks: [Remark]) {
        for remark in remarks {
            switch remark {
            case .warning(let text): warn(text)
            case .notice(let text): notice(text)
            }
        }
    }

    /// Records that rejects are new.
    mutating func note(newRejects new: [RejectedRecord]) {
        newRejectCount += Int64(new.count)
        newRejects += new.prefix(max(0, Self.newRejectsKept - newRejects.count))
    }

    /// Adds the results of earlier loads of queue events under the same ledger row. They have no legs and no rejected
    /// legs.
    mutating func addEventLoads(_ earlier: RunResult) {
        seconds += earlier.seconds
        if let more = earlier.queueLog {
            var sum = queueLog ?? Counters()
            sum += more
            queueLog = sum
        }
        newRejectCount += earlier.newRejectCount
        calls += earlier.calls
        matched += earlier.matched
        ambiguous += earlier.ambiguous
        unmatched += earlier.unmatched
        for warning in earlier.warnings { warn(warning) }
    }

    /// The row of the ledger.
    var record: RunRecord {
        var record = RunRecord(pbx: pbx, source: source)
        (record.from, record.to, record.timeZone) = (window.from, window.to, timeZone)
        record.outcome = isComplete ? .done : .doneWithRejects
        record.cdr = cdr
        record.queueLog = queueLog
        record.calls = Int64(calls)
        (record.matched, record.ambiguous, record.unmatched) = (Int64(matched), Int64(ambiguous), Int64(unmatched))
        record.warnings = warnings
        return record
    }
}
