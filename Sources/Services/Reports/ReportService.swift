public import Configuration
import Reporting
import Warehouse

/// Reports on what is in the warehouse. Changes nothing.
public struct ReportService: Sendable {
    private let settings: Settings

    /// A service on one snapshot of the settings.
    public init(_ settings: Settings) { self.settings = settings }

    /// The available reports: the built-in ones and those in the configured directory.
    ///
    /// - Throws: `ReportError`.
    public func list() throws -> ReportList {
        ReportList(definitions: try ReportCatalogue(directory: settings.reports.directory).definitions)
    }

    /// Runs reports on one state of the warehouse.
    ///
    /// - Parameters:
    ///   - request: which reports, of which time.
    ///   - withCharts: whether the figures behind charts and comparisons are wanted, as pages and workbooks need.
    ///   - keepsServer: whether an embedded database is left running.
    /// - Throws: ``ServiceError``, `ReportError`, `WarehouseError`, `PostgresError`.
    public func run(
        _ request: ReportsRequest,
        withCharts: Bool = false,
        keepsServer: Bool = false
    ) async throws -> ReportSet {
        let catalogue = try ReportCatalogue(directory: settings.reports.directory)
        let definitions = try request.names.map { try catalogue.definition($0) }
        let runner = ReportRunner(request.resolved(by: settings.reports))
        return try await WarehouseAccess(settings, keep: keepsServer).read { warehouse in
            if withCharts {
                let book = try runner.book(
                    definitions,
                    from: catalogue,
                    target: request.target,
                    on: warehouse.connection
                )
                return .book(book)
            }
            return .results(try runner.run(definitions, on: warehouse.connection))
        }
    }
}
