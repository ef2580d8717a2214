import Postgres

extension ReportRunner {
    /// A report whose rows are made from those of another one. The other one covers all queues: which of its rows belong
    /// together does not depend on the filter.
    func folded(
        _ definition: ReportDefinition,
        _ source: String,
        _ window: ResolvedWindow,
        notes: [ReportNote],
        _ values: [String: String?],
        on connection: borrowing Connection
    ) throws -> ReportResult {
        guard let fold = folds[definition.name] else {
            throw ReportError(.definition, "Report \(definition.name) is made by the program that runs it, not by SQL.")
        }
        var all = request
        (all.queue, all.agent, all.values) = (nil, nil, [:])
        let rows = try with(all).run(ReportCatalogue().definition(source), window, notes: [], on: connection)
        let made = try fold(rows, values, definition.columns, connection)
        return ReportResult(
            definition: definition,
            window: window,
            parameters: definition.parameters.map { ($0.name, $0.kind, values[$0.name] ?? nil) },
            rows: made.rows,
            notes: notes + made.notes + unheeded(definition)
        )
    }
}
