public import Configuration
import Postgres
import Reporting
import Synchronization
import Warehouse

/// Reports on the contents of the warehouse. Changes nothing.
public struct ReportService: Sendable {
    let settings: Settings

    /// A service on one snapshot of the settings.
    public init(_ settings: Settings) { self.settings = settings }

    /// The available reports: the built-in ones and those in the configured directory.
    ///
    /// - Throws: `ReportError`.
    public func list() throws -> ReportList {
        let catalogue = try ReportCatalogue(directory: settings.reports.directory)
        return ReportList(definitions: catalogue.definitions, broken: catalogue.broken)
    }

    /// The file of a report, to copy or read: its header and its statement.
    ///
    /// - Throws: `ReportError` for an unknown or broken report.
    public func text(of name: String) throws -> String {
        try ReportCatalogue(directory: settings.reports.directory).definition(name).text
    }

    /// Runs reports on one consistent state of the warehouse. If one of the user's own reports fails, the others are
    /// not affected.
    ///
    /// - Parameters:
    ///   - request: which reports, for which time.
    ///   - withCharts: whether to compute the figures for charts and comparisons, which pages and workbooks need.
    ///   - keepsServer: whether an embedded database keeps running.
    /// - Throws: ``ServiceError``, with category `usage` for an unknown PBX, queue or agent; `ReportError`,
    ///   `WarehouseError`, `PostgresError`.
    public func run(
        _ request: ReportsRequest,
        withCharts: Bool = false,
        keepsServer: Bool = false
    ) async throws -> ReportSet {
        let catalogue = try ReportCatalogue(directory: settings.reports.directory)
        let chosen = try Self.choose(request.names, from: catalogue)
        if !request.columns.isEmpty { try ReportResult.check(columns: request.columns, in: chosen.definitions) }
        if chosen.definitions.isEmpty, let failure = chosen.failures.first { throw failure.error }
        let interrupt = Mutex<CancelToken?>(nil)
        return try await withTaskCancellationHandler {
            try await WarehouseAccess(settings, keep: keepsServer).read { [settings, chosen] warehouse in
                let request = try request.withKnownNames(warehouse.connection)
                let runner = ReportRunner(
                    request.resolved(by: settings.reports),
                    reader: warehouse.readerAddress,
                    folds: ["lost-calls": LostCallsReport.fold],
                    willUseReader: { token in interrupt.withLock { $0 = token } }
                )
                let target = withCharts ? request.target : nil
                let reports = try Self.run(runner, chosen, catalogue, target: target, warehouse)
                return request.columns.isEmpty ? reports : reports.with(columns: request.columns)
            }
        } onCancel: {
            // The statement of a user's own report runs in a separate session.
            interrupt.withLock { token in _ = token?.cancel() }
        }
    }

    private typealias Choice = (definitions: [ReportDefinition], failures: [ReportFailure], warnings: [String])

    /// The requested reports, and the faults in the user's files: a fault in a requested report is an error, in any
    /// other report a warning.
    private static func choose(_ names: [String], from catalogue: ReportCatalogue) throws -> Choice {
        var choice: Choice = ([], [], [])
        for name in names {
            do throws(ReportError) {
                choice.definitions.append(try catalogue.definition(name))
            } catch {
                guard error.code != .unknownReport else { throw error }
                choice.failures.append(ReportFailure(name: name, error: error))
            }
        }
        let others = catalogue.broken.filter { !names.contains($0.name) }
        choice.warnings = others.map { "The report \($0.name) cannot be used. \($0.error)" }
        return choice
    }

    /// - Parameter target: the target for charts; nil to run the reports without them.
    private static func run(
        _ runner: ReportRunner,
        _ choice: Choice,
        _ catalogue: ReportCatalogue,
        target: Int?,
        _ warehouse: borrowing Warehouse
    ) throws -> ReportSet {
        var book: ReportBook?
        let outcome: (results: [ReportResult], failures: [ReportFailure])
        if let target {
            let made = try runner.book(choice.definitions, from: catalogue, target: target, on: warehouse.connection)
            outcome = (made.results, made.failures)
            book = made
        } else {
            outcome = try runner.runAll(choice.definitions, on: warehouse.connection)
        }
        let failures = choice.failures + outcome.failures
        if outcome.results.isEmpty, let failure = failures.first { throw failure.error }
        return ReportSet(results: outcome.results, book: book, failures: failures, warnings: choice.warnings)
    }
}
