import AMIClient
import Base
import CallRecords
import Configuration
import Extract
import Glibc
import Pipeline
import Postgres
import Synchronization
import Warehouse

/// Moves queue events from their spool to the warehouse every few seconds, in parallel with the reading of events.
///
/// Nothing here stops the reading: while the database is down, or another run holds the lock, the events wait in the
/// spool.
final class EventStoreService: Sendable {
    /// Seconds between two runs.
    private static let pause = 5.0
    /// This many lines are stored without waiting.
    private static let many = 2_000

    let spool: QueueEventSpool
    private let settings: Settings
    private let pbx: String?
    private let report: ServiceNotice.Report
    /// Set when no more events come.
    private let isEnding = Atomic(false)
    /// libpq blocks its thread, which must not be one of those that read events.
    private let thread = DatabaseThread(label: "crm-voip.store")

    init(_ settings: Settings, pbx: String?, report: @escaping ServiceNotice.Report) throws {
        self.settings = settings
        self.pbx = pbx
        self.report = report
        spool = try QueueEventSpool(folder: settings.warehouse.dataDirectory, pbx: try settings.pbxName(pbx))
        // Reports errors of the configuration immediately.
        _ = try plan(of: "")
    }

    /// Stores events while `body` runs, and then the remaining ones.
    func run<Result>(_ body: () async throws -> Result) async throws -> Result {
        let storing = Task(executorPreference: thread) { await self.store() }
        let outcome: Swift.Result<Result, any Error>
        do { outcome = .success(try await body()) } catch { outcome = .failure(error) }
        isEnding.store(true, ordering: .releasing)
        await storing.value
        if !spool.isEmpty {
            report(
                ServiceNotice(.warning, "Some queue events are not in the warehouse yet; the next start loads them.")
            )
        }
        if spool.discarded > 0 {
            report(ServiceNotice(.error, "\(spool.discarded) queue events were lost: their file could not be written."))
        }
        return try outcome.get()
    }

    /// Opens the warehouse repeatedly until everything is stored and nothing more will come.
    private func store() async {
        var delay = Self.pause
        var problem: String?
        while true {
            do {
                try await Warehouse.with(WarehouseAccess(settings).location) { warehouse in
                    _ = try Migrator().migrate(warehouse.connection)
                    try await load(warehouse.connection) {
                        if problem != nil { report(ServiceNotice(.info, "Queue events are stored again.")) }
                        (problem, delay) = (nil, Self.pause)
                    }
                }
                return
            } catch {
                // A database that is down for a night is reported once.
                if problem != "\(error)" { report(ServiceNotice(.warning, "Queue events are waiting: \(error)")) }
                problem = "\(error)"
            }
            if await isOver(after: delay) { return }
            delay = min(delay * 2, 60)
        }
    }

    /// Loads piece after piece; calls `isDone` after each.
    private func load(_ connection: borrowing Connection, isDone: () -> Void) async throws {
        var done: RunResult?
        var day: Int64 = 0
        var isLocked = false
        while true {
            let isLast = await isOver(after: Self.pause, orWith: isLocked ? .max : Self.many)
            isLocked = false
            while !isLocked, let piece = try spool.piece() {
                let now = Int64(time(nil))
                // One ledger row for each day: one for each run would be seventeen thousand.
                if day != now / 86_400 { (day, done) = (now / 86_400, nil) }
                do {
                    done = try Run(try plan(of: piece), now: Moment(seconds: now), continuing: done)(connection)
                    spool.loaded()
                    isDone()
                } catch let error as RunError where error.code == .locked {
                    report(ServiceNotice(.note, "Another run has the lock; queue events are waiting."))
                    isLocked = true
                }
            }
            if isLast { return }
        }
    }

    private func plan(of piece: String) throws -> Plan {
        var plan = try PlanBuilder.plan(settings.pbx(pbx), settings: settings, window: .all)
        plan.queueLog = .files([piece], .latin1)
        plan.queueEvents = .ami
        return plan
    }

    /// Waits, and returns whether no more events will come; returns early in that case, or if this many lines are
    /// waiting.
    private func isOver(after seconds: Double, orWith many: Int = .max) async -> Bool {
        let end = ContinuousClock.now + .seconds(seconds)
        while ContinuousClock.now < end, spool.waiting < many {
            if isEnding.load(ordering: .acquiring) { return true }
            try? await Task.sleep(for: .milliseconds(200))
        }
        return isEnding.load(ordering: .acquiring)
    }
}
