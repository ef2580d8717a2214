import Base
import CallRecords
public import Configuration
import Glibc
import Load
import Pipeline
import Postgres
import Transform
import Warehouse

/// Loads what a PBX wrote into the warehouse.
public struct LoadService: Sendable {
    private let settings: Settings

    /// A service on one snapshot of the settings.
    public init(_ settings: Settings) { self.settings = settings }

    /// Reads the sources, links the contacts, and loads; either everything is done or nothing.
    ///
    /// - Throws: ``ServiceError``, or the error of the module that failed: `ConfigurationError`, `ExtractError`,
    ///   `RunError`, `WarehouseError`, `PostgresError`.
    public func run(
        _ request: LoadRequest,
        progress: @escaping ServiceProgress.Report = { _ in }
    ) async throws -> LoadResult {
        let builder = PlanBuilder(request, settings: settings)
        let contacts = try ContactDirectory(settings, pbx: settings.pbx(request.pbx))
        let access = WarehouseAccess(settings, keep: request.keepsServer)
        let (result, failure, differences) = try await access.with { warehouse in
            var plan = try builder.plan()
            plan.isDryRun = request.isDryRun
            try contacts.link(&plan, warehouse.connection)
            let readsTable = builder.readsTable(plan)
            let run = Run(plan, now: Moment(seconds: Int64(time(nil)))) { label, done, total in
                // A cancellation between two statements had no statement to interrupt.
                try Task.checkCancellation()
                let unit: ServiceProgress.Unit = label == "calls" ? .calls : readsTable ? .records : .bytes
                progress(ServiceProgress(label: label, done: done, total: total, unit: unit))
            } closing: { result, connection in
                try ForgetService.replay(settings, since: result.window.from, connection)
            }
            if !request.isDryRun { try prepareMonths(plan, warehouse.connection) }
            let result = try run(warehouse.connection)
            let failure = fileRejects(of: result, warehouse.connection)
            return (result, failure, compare(result, warehouse.connection))
        }
        return LoadResult(
            run: result,
            zone: builder.zone(named: result.timeZone),
            rejectsFailure: failure,
            liveDifferences: differences
        )
    }

    /// Makes the months that the run may need, where the warehouse is kept by month: those of its window, and the next one for
    /// events that are stored as they happen. What `--all` finds from before goes to the partition for the rest.
    private func prepareMonths(_ plan: Plan, _ connection: borrowing Connection) throws {
        let now = Moment.now
        // The zone moves the beginning by hours, and a leg was begun before it ended.
        let from = plan.window.window(in: plan.zone ?? .utc, now: now).from?.adding(seconds: -2 * 86_400) ?? now
        let last = PartitionMonth(of: now).adding(1)
        try Partitioning.prepare(min(PartitionMonth(of: from), last)...last, connection)
    }

    /// Loads one PBX after another: the requested one, or all that have something to read. A failure of one does not
    /// keep the others from being loaded.
    ///
    /// - Throws: `ConfigurationError` if no PBX can be chosen, `CancellationError`.
    public func runAll(
        _ request: LoadRequest,
        progress: @escaping ServiceProgress.Report = { _ in }
    ) async throws -> LoadOutcomes {
        var outcomes: [LoadOutcomes.Outcome] = []
        for name in try pbxNames(for: request) {
            var request = request
            request.pbx = name
            let result: Result<LoadResult, any Error>
            do {
                result = .success(try await run(request, progress: progress))
            } catch {
                try Task.checkCancellation()
                result = .failure(error)
            }
            outcomes.append(LoadOutcomes.Outcome(pbx: name, result: result))
        }
        return LoadOutcomes(all: outcomes)
    }

    /// Files given in the request belong to one PBX; configured ones to the PBX that names them.
    private func pbxNames(for request: LoadRequest) throws -> [String] {
        guard request.pbx == nil, !request.namesFiles else { return [try settings.pbxName(request.pbx)] }
        let names = settings.pbxNames
        let readable = try names.filter { name in
            let pbx = try settings.pbx(name)
            return try !pbx.csv.isEmpty || !pbx.queueLog.isEmpty || settings.database(ofPBX: name).isConfigured
        }
        if !readable.isEmpty { return readable }
        // This throws an error that says what is missing.
        return [try names.first ?? settings.pbxName()]
    }

    /// Differences between the board of `serve` and the report. The loaded data remain in any case; a comparison that
    /// fails is reported as a sentence.
    private func compare(_ result: RunResult, _ connection: borrowing Connection) -> [String] {
        do {
            return try LiveComparison(settings: settings, now: Moment.now).differences(after: result, on: connection)
        } catch {
            return ["The board\u{2019}s figures of PBX \(result.pbx) cannot be compared with the log. \(error)"]
        }
    }

    /// Brings the rejects file up to date, if one is configured.
    ///
    /// - Returns: Why it could not be written; the loaded data remain in any case.
    private func fileRejects(of result: RunResult, _ connection: borrowing Connection) -> (any Error)? {
        guard let path = settings.etl.rejects, !result.isDryRun else { return nil }
        do {
            try RejectsFile(path: path).take(UnfiledRejects(pbx: result.pbx), connection)
            return nil
        } catch {
            return error
        }
    }
}
