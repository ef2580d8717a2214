public import Base
internal import CallRecords
internal import Extract
internal import Load
public import Postgres
internal import Transform

/// One run: the sources of one PBX into the warehouse.
///
///     Master.csv ─┐
///     cdr table  ─┼→ extract → transform → load
///     queue_log  ─┘
public struct Run {
    /// Called with what is being read, and how much of how much; `nil` where nobody knows. What it throws ends the run.
    public typealias ProgressReport = (_ label: String, _ done: Int64, _ total: Int64?) throws -> Void

    let plan: Plan
    let report: ProgressReport
    let now: Moment
    /// What earlier runs under the same row of the ledger did.
    let earlier: RunResult?

    /// Prepares a run; nothing is read or written yet.
    ///
    /// - Parameters:
    ///   - plan: what to do.
    ///   - now: the time that "the last seven days" are counted from.
    ///   - earlier: what was done under the row of the ledger that this run goes on with: a program that runs every few
    ///     seconds would fill it.
    ///   - report: called now and then.
    public init(
        _ plan: Plan,
        now: Moment,
        continuing earlier: RunResult? = nil,
        report: @escaping ProgressReport = { _, _, _ in }
    ) {
        self.plan = plan
        self.now = now
        self.earlier = earlier
        self.report = report
    }

    /// Runs. Everything or nothing is done: the warehouse is changed in one transaction.
    ///
    /// - Throws: ``RunError`` where another run works on the PBX; `ExtractError` where a source cannot be
    ///   read; `PostgresError`.
    public func callAsFunction(_ connection: borrowing Connection) throws -> RunResult {
        guard let result = try PBXRegister.withLock(plan.pbx, connection, run) else {
            throw RunError.locked(pbx: plan.pbx)
        }
        return result
    }

    private func run(_ connection: borrowing Connection) throws -> RunResult {
        let clock = ContinuousClock()
        let start = clock.now
        var result = RunResult(plan)
        let ledger =
            try earlier.map { RunLedger(run: $0.run) }
            ?? (plan.isDryRun ? nil : RunLedger(result.record, version: plan.version, connection))
        result.run = ledger?.run ?? 0
        do {
            try connection.transaction { connection in
                try load(&result, connection)
                if plan.isDryRun { throw DryRunIsOver() }
                // In the same transaction: what the ledger calls done is there, and what is there the ledger knows.
                result.seconds = (clock.now - start) / .seconds(1)
                if let earlier { result.add(earlier) }
                try ledger?.complete(result.record, seconds: result.seconds, connection)
            }
        } catch is DryRunIsOver {
            // Rolled back: what the counters say is what would have been done.
            result.seconds = (clock.now - start) / .seconds(1)
        } catch {
            // Of earlier runs all that was done is done.
            var record = earlier?.record ?? result.record
            record.exitStatus = 1
            record.error = Task.isCancelled ? "It was interrupted." : "\(error)"
            // The first error is the one to tell.
            let seconds = (earlier?.seconds ?? 0) + (clock.now - start) / .seconds(1)
            try? ledger?.complete(record, seconds: seconds, connection)
            throw error
        }
        return result
    }

    private func load(_ result: inout RunResult, _ connection: borrowing Connection) throws {
        let pbx = try PBXRegister.number(of: plan.pbx, connection)
        let sessions = try SessionStore(connection, pbx: pbx)
        // Visits first, so that calls know them when they are made; but where the window waits for a zone, the legs tell it.
        let legsComeFirst = plan.zone == nil && plan.window != .all
        var inputs = Inputs(plan)
        var news = legsComeFirst ? nil : try loadQueueEvents(pbx, &inputs, &result, connection)
        var calls = try CallBuilder(self, connection, pbx: pbx)
        var touched = try loadLegs(pbx, &calls, &inputs, &result, connection)
        if legsComeFirst {
            news = try loadQueueEvents(pbx, &inputs, &result, connection)
            calls.hasVisits = try calls.store.hasVisits(connection)
        }
        try inputs.settle(&result)
        // Nothing was read, so nothing told the zone.
        settle(plan.zone ?? .utc, &result)
        try PBXRegister.note(zone: result.timeZone, of: pbx, connection)
        if news != nil {
            // Calls that were made of their first legs a moment ago have seen the visits.
            for call in try calls.store.callsOfTouchedCallids(connection) where legsComeFirst || !touched.isBuilt(call)
            {
                touched.ids.insert(call)
            }
        }
        if plan.queueEvents == .ami, touched.ids.count() > 0 {
            calls.contacts = try ContactRefresh.links(of: connection)
        }
        try calls.rebuild(touched, &result, connection)
        // Only legs make a name needless, and events of AMI come every few seconds.
        if (result.cdr?.changes ?? 0) > 0 { try calls.store.forgetNeedlessAliases(connection) }
        try sessions.learnAgents(of: calls.sightings.calls, connection)
        try buildSessions(sessions, news ?? QueueNews(), connection)
        for counters in [result.cdr, result.queueLog].compactMap(\.self) where !counters.addUp {
            throw RunError.miscounted(counters)
        }
        if (result.cdr?.inserted ?? 0) + (result.queueLog?.inserted ?? 0) > 10_000 {
            try connection.execute(Statements.analyze)
        }
    }
}

private struct DryRunIsOver: Error {}

/// Why a run could not be done, apart from its sources and the warehouse.
public struct RunError: CategorisedError, Hashable {
    /// What kept the run from being done.
    public struct Code: ErrorCode {
        /// The code's name in logs.
        public let rawValue: String

        /// A code by its name.
        public init(rawValue: String) { self.rawValue = rawValue }

        /// Another run works on the same PBX.
        public static let locked = Code(rawValue: "locked")
        /// The counters do not add up, so they cannot be trusted; nothing was changed.
        public static let miscounted = Code(rawValue: "miscounted")
    }

    /// What kept the run from being done.
    public let code: Code
    /// A sentence that a user can act on.
    public let description: String

    /// A lock is its own category; figures that do not add up are this program's fault.
    public var category: ErrorCategory { code == .locked ? .locked : .failed }

    /// The error of a run while another one works on the same PBX.
    static func locked(pbx: String) -> Self {
        Self(code: .locked, description: "Another run for PBX \(pbx) is in progress. Wait until it has ended.")
    }

    /// The error of a run whose counters do not add up.
    static func miscounted(_ counters: Counters) -> Self {
        let figures = counters.named.map { "\($0.name) \($0.value)" }.joined(separator: ", ")
        return Self(
            code: .miscounted,
            description: "The counters do not add up, and nothing was changed. Please report this: \(figures)."
        )
    }
}
