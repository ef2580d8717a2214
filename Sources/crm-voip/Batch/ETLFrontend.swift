import CallRecords
import Configuration
import Extract
import Glibc
import Base
import Load
import Pipeline
import Warehouse

/// Runs `etl` once: opens the warehouse, runs, tells what was done.
struct ETLFrontend {
    let command: ETLCommand
    let settings: Settings

    @discardableResult
    func run() async throws -> RunResult {
        let builder = PlanBuilder(sources: command.sources, span: command.span, settings: settings)
        let messages = command.common.messages
        let contacts = try ContactDirectory(settings, pbx: settings.pbx(command.target.pbx))
        let access = WarehouseAccess(settings, keep: command.keeping.keep)
        let result = try await access.with { warehouse in
            var plan = try builder.plan(pbx: command.target.pbx)
            plan.isDryRun = command.dryRun
            plan.contacts = try contacts.links(
                warehouse.connection,
                isDryRun: command.dryRun,
                warn: messages.warning
            )
            var progress = Progress(messages: messages)
            let run = Run(plan, now: Int64(time(nil))) { label, done, total in
                // A signal that came between two statements has found none to interrupt.
                try Task.checkCancellation()
                progress.update(label, done: Int(done), total: total.map(Int.init))
            }
            return try run(warehouse.connection)
        }
        let report = RunReport(result: result, zone: try builder.zone(named: result.timeZone))
        report.tell(messages)
        if command.output.json {
            try StandardOutput.write(report.json.text() + "\n")
        } else if command.common.terminal.isOutputTerminal, !command.common.quiet {
            try StandardOutput.write(report.text)
        }
        // Last, because the run is done whatever becomes of this file.
        if let path = settings.etl.rejects, !command.dryRun { try RejectsFile(path: path).append(result.newRejects) }
        return result
    }

    /// As ``run()``, but what may pass by itself is said and not thrown: the next time comes soon.
    func runAsService() async throws {
        do {
            try await run()
        } catch let error as any ExitStatusProviding {
            let passing: [ExitStatus] = [.locked, .noInput, .unavailable, .tryAgainLater]
            guard Interruption.shared.signal == nil, passing.contains(error.exitStatus) else { throw error }
            command.common.messages.error("\(error)")
        }
    }
}
