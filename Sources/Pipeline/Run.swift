public import CallRecords
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
    /// Called with what is being read, and how much of how much; `nil` where nobody knows.
    public typealias ProgressReport = (_ label: String, _ done: Int64, _ total: Int64?) -> Void

    let plan: Plan
    let report: ProgressReport
    /// Seconds since 1970-01-01 00:00:00 UTC.
    let now: Int64
    let numbers: NumberNormaliser

    /// - Parameter now: the time that "the last seven days" are counted from, in seconds since 1970 UTC.
    public init(_ plan: Plan, now: Int64, report: @escaping ProgressReport = { _, _, _ in }) {
        self.plan = plan
        self.now = now
        self.report = report
        numbers = NumberNormaliser(plan: plan.numbers)
    }

    /// Runs. Everything or nothing is done: the warehouse is changed in one transaction.
    ///
    /// - Throws: ``RunError`` where another run works on the PBX; `ExtractError` or `SourceError` where a source cannot be
    ///   read; `PostgresError`.
    public func callAsFunction(_ connection: borrowing Connection) throws -> RunResult {
        let clock = ContinuousClock()
        let start = clock.now
        guard try PBXRegister.lock(plan.pbx, connection) else { throw RunError.locked(pbx: plan.pbx) }
        var result = RunResult(plan)
        let ledger = plan.isDryRun ? nil : try RunLedger(result.record, version: plan.version, connection)
        result.run = ledger?.run ?? 0
        do {
            try connection.transaction { connection in
                try load(&result, connection)
                if plan.isDryRun { throw DryRunIsOver() }
            }
        } catch is DryRunIsOver {
            // Rolled back: what the counters say is what would have been done.
        } catch {
            var record = result.record
            record.exitStatus = 1
            record.error = "\(error)"
            // The first error is the one to tell.
            try? ledger?.complete(record, seconds: (clock.now - start) / .seconds(1), connection)
            throw error
        }
        result.seconds = (clock.now - start) / .seconds(1)
        try ledger?.complete(result.record, seconds: result.seconds, connection)
        return result
    }

    private func load(_ result: inout RunResult, _ connection: borrowing Connection) throws {
        let pbx = try PBXRegister.number(of: plan.pbx, connection)
        var touched: Set<Int64> = []
        if let source = plan.cdr {
            touched = try loadLegs(from: source, pbx, &result, connection)
        }
        if let source = plan.queueLog {
            touched.formUnion(try loadQueueEvents(from: source, pbx, &result, connection))
        }
        try buildCalls(touched, pbx, &result, connection)
        for counters in [result.cdr, result.queueLog].compactMap(\.self) where !counters.addUp {
            throw RunError.miscounted(counters)
        }
        // A first load leaves the planner without any idea of what is there.
        if (result.cdr?.inserted ?? 0) + (result.queueLog?.inserted ?? 0) > 10_000 {
            try connection.execute("analyze voip.cdr, voip.call, voip.queue_event, voip.queue_visit")
        }
    }
}

private struct DryRunIsOver: Error {}

/// Why a run could not be done, apart from its sources and the warehouse.
public enum RunError: Error, Hashable, Sendable, CustomStringConvertible {
    /// Another run works on the same PBX.
    case locked(pbx: String)
    /// The counters do not add up, so they cannot be trusted; nothing was changed.
    case miscounted(Counters)

    public var description: String {
        switch self {
        case .locked(let pbx): "Another run for the PBX \(pbx) is going on."
        case .miscounted(let counters):
            "The counters do not add up, and nothing was changed. Please report this: "
                + counters.named.map { "\($0.name) \($0.value)" }.joined(separator: ", ") + "."
        }
    }
}
