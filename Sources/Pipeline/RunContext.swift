import Base
import CallRecords
import Load
import Postgres
import Transform

/// The state shared by the steps of a run.
struct RunContext {
    let plan: Plan
    let now: Moment
    /// `voip.pbx.pbx_id`
    let pbx: Int16
    let report: Run.ProgressReport
    /// The result so far.
    var result: RunResult
    /// Files and tables that could not be read.
    var failures = InputFailures()
    /// The tables that were empty when the run began.
    let firstLoad = FirstLoad()
    /// Builds calls from legs and visits.
    var calls: CallBuilder
    /// Calls to rebuild when all sources are loaded.
    var touched = TouchedCalls()
    /// The changes caused by queue events; `nil` if none were read.
    var queueNews: QueueNews?
    /// Whether the zone of the window is known: the configured one, or the one found in the first source.
    private var isWindowDecided = false

    init(_ run: Run, _ result: RunResult, pbx: Int16, _ connection: borrowing Connection) throws {
        var plan = run.plan
        plan.keptFrom = try KeptFrom.moment(connection)
        (self.plan, now, report) = (plan, run.now, run.report)
        (self.result, self.pbx) = (result, pbx)
        calls = try CallBuilder(run, connection, pbx: pbx)
    }

    /// The window, once it is decided.
    var decidedWindow: TimeWindow? { isWindowDecided ? result.window : nil }

    /// Decides the window, once, in the PBX's zone: the configured one, or else the one that was found.
    mutating func decideWindow(found zone: ZoneTable) {
        if isWindowDecided { return }
        isWindowDecided = true
        result.timeZone = (plan.zone ?? zone).name
        result.window = plan.window(found: zone, now: now)
    }

    /// Locks an empty warehouse if the first batch of a source is large; with fewer records, nobody has to wait.
    func prepare(for count: Int, isFirst: Bool, _ connection: borrowing Connection) throws {
        if isFirst, count >= plan.firstLoadFrom { try firstLoad.begin(connection) }
    }

    /// Writes rejected records to the warehouse. Returns their count.
    mutating func reject(
        _ records: [RejectedRecord],
        in store: RejectStore,
        _ connection: borrowing Connection
    ) throws -> Counters {
        var counters = Counters()
        counters.read = Int64(records.count)
        counters.rejected = counters.read
        if !records.isEmpty { result.note(newRejects: try store.write(records, connection)) }
        return counters
    }
}
