public import Base
import CallRecords
import Load
public import Postgres
import Transform

/// One run: from the sources of one PBX to the warehouse.
///
///     Master.csv ─┐
///     cdr table  ─┼→ extract → transform → load → calls and sessions made anew
///     queue_log  ─┘
///
/// Sources go from memory to the warehouse. What they affect is then read back from it, rebuilt, and written again
/// (``RunSource``, ``VisitBuilder``, ``CallBuilder``): so the same records produce the same warehouse, in whatever
/// order and pieces they arrive.
public struct Run {
    /// Called with the name of what is being read, the progress and the total; `nil` if the total is unknown. An error
    /// that it throws ends the run.
    public typealias ProgressReport = (_ label: String, _ done: Int64, _ total: Int64?) throws -> Void

    /// Called at the end of the transaction with the result; not in a dry run. An error that it throws rolls the run
    /// back.
    public typealias Closing = (_ result: RunResult, _ connection: borrowing Connection) throws -> Void

    let plan: Plan
    let report: ProgressReport
    let closing: Closing
    let now: Moment
    /// The result of earlier runs that share this row of the ledger.
    let earlier: RunResult?

    /// Prepares a run; nothing is read or written yet.
    ///
    /// - Parameters:
    ///   - plan: what to do.
    ///   - now: the time from which "the last seven days" are counted.
    ///   - earlier: the result so far under the ledger row that this run continues; a program that runs every few
    ///     seconds would fill the ledger with rows.
    ///   - report: called from time to time.
    ///   - closing: work that must be done together with the run or not at all.
    public init(
        _ plan: Plan,
        now: Moment,
        continuing earlier: RunResult? = nil,
        report: @escaping ProgressReport = { _, _, _ in },
        closing: @escaping Closing = { _, _ in }
    ) {
        self.plan = plan
        self.now = now
        self.earlier = earlier
        self.closing = closing
        self.report = report
    }

    /// Runs. Either everything is done or nothing: the warehouse is changed in one transaction.
    ///
    /// - Throws: ``RunError`` if another run is working on the PBX; `ExtractError` if a source cannot be read;
    ///   `PostgresError`.
    public func callAsFunction(_ connection: borrowing Connection) throws -> RunResult {
        guard let result = try PBXRegister.withLock(plan.pbx, connection, run) else {
            throw RunError.locked(pbx: plan.pbx)
        }
        return result
    }

    private func run(_ connection: borrowing Connection) throws -> RunResult {
        let clock = ContinuousClock()
        let (start, processor) = (clock.now, RunTimes.ofThread)
        var result = RunResult(plan)
        let ledger =
            try earlier.map { RunLedger(run: $0.run) }
            ?? (plan.isDryRun ? nil : RunLedger(result.record, version: plan.version, connection))
        result.run = ledger?.run ?? 0
        do {
            try connection.transaction(isDryRun: plan.isDryRun) { connection in
                try load(&result, connection)
                if !plan.isDryRun { try closing(result, connection) }
                result.times.close(elapsed: clock.now - start, processor: RunTimes.ofThread - processor)
                // In the same transaction: whatever the ledger says was done is in the warehouse, and the other way
                // round.
                result.seconds = (clock.now - start) / .seconds(1)
                if let earlier { result.addEventLoads(earlier) }
                try ledger?.complete(result.record, seconds: result.seconds, connection)
            }
        } catch {
            // The work of earlier runs remains done.
            var record = earlier?.record ?? result.record
            record.outcome = .failed
            record.error = Task.isCancelled ? "It was interrupted." : "\(error)"
            // The first error is the one to report.
            let seconds = (earlier?.seconds ?? 0) + (clock.now - start) / .seconds(1)
            try? ledger?.complete(record, seconds: seconds, connection)
            throw error
        }
        return result
    }

    private func load(_ result: inout RunResult, _ connection: borrowing Connection) throws {
        let pbx = try PBXRegister.number(of: plan.pbx, connection)
        var context = try RunContext(self, result, pbx: pbx, connection)
        let sessions = try SessionStore(connection, pbx: pbx)
        try loadSources(&context, connection)
        try rebuildCalls(&context, connection)
        try rebuildSessions(sessions, context, connection)
        try check(context.result)
        context.result.times.makingCalls += context.calls.times.making
        context.result.times.waiting += context.calls.times.awaited
        result = context.result
        let (legs, events) = (result.cdr?.inserted ?? 0, result.queueLog?.inserted ?? 0)
        try Statements.analyze(after: legs, events: events, connection)
        if legs + events >= CallSearch.worthwhile {
            try CallSearch.takeIn(connection)
        }
    }

    /// Loads one source after the other, and records the zone in which the PBX writes its times.
    private func loadSources(_ context: inout RunContext, _ connection: borrowing Connection) throws {
        var sources = try plan.sources(pbx: context.pbx, context.firstLoad, connection)
        // Events come first, so that calls can be built with their visits immediately; but if the window has to wait
        // for a zone, the legs reveal it.
        if plan.zone == nil, plan.window != .all { sources.sort { $0.tellsZone && !$1.tellsZone } }
        for var source in sources { try source.carry(&context, connection) }
        try context.firstLoad.finish(connection)
        context.result.times.indexing += context.firstLoad.indexing
        try context.failures.report(of: sources.reduce(0) { $0 + $1.inputCount }, to: &context.result)
        // If nothing was read, no zone was found.
        context.decideWindow(found: plan.zone ?? .utc)
        try PBXRegister.note(zone: context.result.timeZone, of: context.pbx, connection)
    }

    /// Rebuilds calls that have more legs or visits than when they were built.
    ///
    /// Legs and visits are read back from the warehouse, although some of them were just written: a call is always
    /// built from everything that is known about it, so that the order in which files are loaded does not matter.
    private func rebuildCalls(_ context: inout RunContext, _ connection: borrowing Connection) throws {
        // If the warehouse had no legs, this run has built all calls; and if it had the visits by then, it included them.
        let areBuilt = context.firstLoad.holds(.legs) && context.touched.sawVisits
        if context.queueNews != nil, !areBuilt { try context.calls.touchCallsOfEvents(&context.touched, connection) }
        try context.calls.rebuild(context.touched, &context.result, connection)
        // Only legs make an alias redundant, and AMI events come every few seconds.
        if (context.result.cdr?.changes ?? 0) > 0 { try context.calls.deleteNeedlessAliases(connection) }
    }

    /// Rebuilds the sessions of every agent with a new event or another phone.
    private func rebuildSessions(
        _ store: SessionStore,
        _ context: RunContext,
        _ connection: borrowing Connection
    ) throws {
        try store.learnAgents(of: context.calls.sightings.calls, connection)
        let news = context.queueNews ?? QueueNews()
        let changes = try store.changes(touched: news.agents, restart: news.restart, connection)
        if changes.isEmpty { return }
        let builder = SessionBuilder(store, restarts: try store.restarts(connection))
        for change in changes {
            try Task.checkCancellation()
            try builder.rebuild(change, connection)
        }
    }

    private func check(_ result: RunResult) throws(RunError) {
        for counters in [result.cdr, result.queueLog].compactMap(\.self) where !counters.addUp {
            throw .miscounted(counters)
        }
    }
}
