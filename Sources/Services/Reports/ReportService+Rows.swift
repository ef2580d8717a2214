import Configuration
public import Reporting
import Postgres
import Warehouse

extension ReportService {
    /// The visits, calls, attempts or spans of time that a figure in a report counts.
    ///
    /// - Parameters:
    ///   - slice: The figure.
    ///   - request: The request of the report.
    ///   - limit: At most this many.
    /// - Throws: the errors of ``run(_:withCharts:keepsServer:)``.
    public func rows(
        behind slice: ReportSlice,
        _ request: ReportsRequest,
        limit: Int = ReportRunner.mostRows
    ) async throws -> ReportRows {
        try await WarehouseAccess(settings).read { [settings] warehouse in
            let request = try request.withKnownNames(warehouse.connection)
            let runner = ReportRunner(request.resolved(by: settings.reports))
            return try runner.rows(behind: slice, limit: limit, on: warehouse.connection)
        }
    }
}
