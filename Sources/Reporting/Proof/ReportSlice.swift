public import Postgres

/// Identifies a figure in a report: its column, and the keys of its row.
public struct ReportSlice: Sendable, Equatable {
    /// The report.
    public var report: String
    /// The column.
    public var figure: String
    /// The keys of the row, by the names in ``names``, such as `row_queue`.
    public var row: [String: String] = [:]

    /// A figure over all rows.
    public init(report: String, figure: String) { (self.report, self.figure) = (report, figure) }

    /// The possible keys of a row.
    public static let names = [
        "row_from", "row_to", "row_pbx", "row_queue", "row_agent", "row_direction", "row_number",
        "row_wait_from", "row_wait_to",
    ]

    /// The figure in a row of a result; nil if there are no rows behind it.
    public init?(_ result: ReportResult, row cells: [ReportCell], column: String) {
        guard result.definition.figure(column) != nil else { return nil }
        switch result.cell(cells, column) {
        case .empty, .integer(0), .tenths(0): return nil
        default: break
        }
        self.init(report: result.definition.name, figure: column)
        func add(_ name: String, _ column: String) {
            switch result.cell(cells, column) {
            case .text(let text): row[name] = text
            case .moment(let moment): row[name] = moment.description
            default: break
            }
        }
        add("row_from", "period_start")
        add("row_to", "period_end")
        switch report {
        case "queues": add("row_queue", "queue")
        case "agents": add("row_agent", "agent")
        case "calls": add("row_direction", "direction")
        case "unmatched": add("row_number", "number_e164")
        case "lost-visits":
            add("row_number", "caller")
            add("row_number", "caller_e164")
            // Other attempts of a caller without a number are unknown: the row is all there is.
            if row.isEmpty { return nil }
        default: break
        }
        // In those reports, a row is a number, whichever PBXs it called.
        if report != "unmatched", report != "lost-visits" { add("row_pbx", "pbx") }
    }
}

extension ReportRunner {
    /// The most rows to read.
    public static let mostRows = 20_000

    /// The rows that a figure counts, in the request's window.
    ///
    /// - Throws: ``ReportError``, with code `parameter` for a figure that the program's own reports do not have.
    public func rows(
        behind slice: ReportSlice,
        limit: Int = mostRows,
        on connection: borrowing Connection
    ) throws(ReportError) -> ReportRows {
        guard let figure = ReportFigure.all[slice.report]?[slice.figure], let text = Self.proofs[slice.report] else {
            throw ReportError(
                .parameter,
                "The report \(slice.report) has no figure \(slice.figure) with rows behind it."
            )
        }
        let definition = try ReportDefinition(
            name: slice.report,
            text: text,
            file: "reports/proof/\(slice.report).sql",
            isBuiltIn: true
        )
        var request = request
        request.values = slice.row.filter { name, _ in definition.parameters.contains { $0.name == name } }
        request.values["figure"] = slice.figure
        request.values["row_limit"] = "\(min(max(0, limit), Self.mostRows) + 1)"
        let runner = with(request)
        return try inTransaction(connection) { connection in
            let window = try ResolvedWindow(runner.request, interval: .total, on: connection)
            let result = try runner.run(definition, window, notes: [], on: connection)
            let rows = result.rows.prefix(limit).compactMap { ReportRow($0) }
            return ReportRows(
                figure: figure,
                rows: rows,
                isCut: result.rows.count > limit,
                timeZone: window.timeZone
            )
        }
    }

    private static let proofs = [
        "queues": ReportFiles.Proof.queues, "agents": ReportFiles.Proof.agents, "calls": ReportFiles.Proof.calls,
        "unmatched": ReportFiles.Proof.unmatched, "lost-visits": ReportFiles.Proof.lostVisits,
    ]
}
