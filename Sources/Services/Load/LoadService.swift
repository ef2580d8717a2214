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

    /// Reads the sources, links the contacts, and loads; everything or nothing is done.
    ///
    /// - Throws: ``ServiceError``, or the error of the room that failed: `ConfigurationError`, `ExtractError`, `RunError`,
    ///   `WarehouseError`, `PostgresError`.
    public func run(
        _ request: LoadRequest,
        progress: @escaping ServiceProgress.Report = { _ in }
    ) async throws -> LoadResult {
        let builder = PlanBuilder(request, settings: settings)
        let contacts = try ContactDirectory(settings, pbx: settings.pbx(request.pbx))
        let access = WarehouseAccess(settings, keep: request.keepsServer)
        let (result, failure) = try await access.with { warehouse in
            var plan = try builder.plan()
            plan.isDryRun = request.isDryRun
            try contacts.link(&plan, warehouse.connection)
            let readsTable = builder.readsTable(plan)
            let run = Run(plan, now: Moment(seconds: Int64(time(nil)))) { label, done, total in
                // A cancellation between two statements has found none to interrupt.
                try Task.checkCancellation()
                let unit: ServiceProgress.Unit = label == "calls" ? .calls : readsTable ? .records : .bytes
                progress(ServiceProgress(label: label, done: done, total: total, unit: unit))
            } closing: { result, connection in
                try ForgetService.replay(settings, since: result.window.from, connection)
            }
            let result = try run(warehouse.connection)
            return (result, fileRejects(of: result, warehouse.connection))
        }
        return LoadResult(run: result, zone: builder.zone(named: result.timeZone), rejectsFailure: failure)
    }

    /// Loads one PBX after the other: the one that is asked for, or all that have something to read. One that fails does
    /// not keep the others from being loaded.
    ///
    /// - Throws: `ConfigurationError` where no PBX can be chosen, `CancellationError`.
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

    /// Files belong to one PBX; what the configuration names, to its own.
    private func pbxNames(for request: LoadRequest) throws -> [String] {
        guard request.pbx == nil, !request.namesFiles else { return [try settings.pbxName(request.pbx)] }
        let names = settings.pbxNames
        let readable = try names.filter { name in
            let pbx = try settings.pbx(name)
            return try !pbx.csv.isEmpty || !pbx.queueLog.isEmpty || settings.database(ofPBX: name).isConfigured
        }
        if !readable.isEmpty { return readable }
        // Which says what is missing.
        return [try names.first ?? settings.pbxName()]
    }

    /// Brings the file of rejects up to date, if one is configured.
    ///
    /// - Returns: Why it could not be written: what is loaded is loaded.
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
