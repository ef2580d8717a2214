public import CallRecords
import Load

/// What a run did: the object that `etl --json` prints (contract, section 3).
public struct RunResult: Sendable {
    /// `voip.etl_run.run_id`; 0 for a dry run, which is not entered.
    public var run: Int64 = 0
    /// The PBX's name in the configuration.
    public var pbx: String
    /// `csv`, `mysql`, or where no CDRs were read `queue_log` or `ami`.
    public var source: String
    /// What was asked for, in UTC.
    public var window = TimeWindow.all
    /// The zone that the window is meant in.
    public var timeZone = "UTC"
    /// Whether nothing was changed.
    public var isDryRun = false
    /// How long it took.
    public var seconds = 0.0
    /// Where the time went.
    public internal(set) var times = RunTimes()
    /// `nil` where no CDRs were read.
    public var cdr: Counters?
    /// `nil` where no queue_log was read.
    public var queueLog: Counters?
    /// Calls with a new or changed leg, queue event or visit.
    public var calls = 0
    /// Those calls by their customer's number.
    public var matched = 0
    /// Several contacts have the number.
    public var ambiguous = 0
    /// No contact has the number.
    public var unmatched = 0
    /// Sentences for the user.
    public var warnings: [String] = []
    /// Those of ``warnings`` that say that something was not done: a file that could not be read beside others that could,
    /// contacts that could not be refreshed. A run with troubles is done, but not all of it.
    public private(set) var troubles: [String] = []
    /// Records rejected for the first time. One that was rejected before and is unchanged is known and needs no second mail.
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

    /// Whether all was done that was asked for, and no record was rejected that was not known before.
    public var isComplete: Bool { troubles.isEmpty && newRejectCount == 0 }

    /// Records that were rejected, now or before.
    public var rejectCount: Int64 { (cdr?.rejected ?? 0) + (queueLog?.rejected ?? 0) }

    /// Whether the run changed the warehouse.
    public var hasChanges: Bool {
        [cdr, queueLog].contains { ($0?.changes ?? 0) > 0 }
    }

    /// Those of ``warnings`` that say how things are and always will be: no reason to write mail every night.
    public private(set) var notices: Set<String> = []
    /// Records that were rejected for the first time, as they were read; at most ``newRejectsKept``.
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

    /// Notes records that were rejected for the first time.
    mutating func note(newRejects new: [RejectedRecord]) {
        newRejectCount += Int64(new.count)
        newRejects += new.prefix(max(0, Self.newRejectsKept - newRejects.count))
    }

    /// Adds what earlier loads of queue events did under the same row of the ledger. They have no legs and no rejects of legs.
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
