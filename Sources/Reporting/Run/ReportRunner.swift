public import Postgres

/// Runs the reports of one request on one consistent state of a warehouse.
public struct ReportRunner: Sendable {
    /// What is asked.
    public let request: ReportRequest

    /// The address for a session that may only read the warehouse, for the user's own reports.
    private let reader: Address?
    /// The makers of the rows of reports without a statement, by the reports' names.
    let folds: [String: Fold]
    /// Called with a reader's session before it is used, and with nil when it ends, so that it can be interrupted.
    private let willUseReader: (@Sendable (CancelToken?) -> Void)?

    /// Makes the rows of one report from those of another, with the values of its parameters.
    public typealias Fold =
        @Sendable (
            _ source: ReportResult, _ values: [String: String?], _ columns: [ReportColumn], borrowing Connection
        ) throws -> (rows: [[ReportCell]], notes: [ReportNote])

    /// A runner for one request.
    ///
    /// - Parameters:
    ///   - folds: the makers of the rows of reports without a statement, by the reports' names.
    ///   - reader: a login that may only read the warehouse, for the user's own reports; nil to run them in the session
    ///     of the others, whose login must then not be a superuser.
    ///   - willUseReader: called with a reader's session before it is used, and with nil when it ends, to interrupt a
    ///     statement.
    public init(
        _ request: ReportRequest,
        reader: Address? = nil,
        folds: [String: Fold] = [:],
        willUseReader: (@Sendable (CancelToken?) -> Void)? = nil
    ) {
        self.request = request
        self.folds = folds
        self.reader = reader
        self.willUseReader = willUseReader
    }

    /// Runs reports in their order.
    ///
    /// - Throws: ``ReportError``: the first failure.
    public func run(
        _ definitions: [ReportDefinition],
        on connection: borrowing Connection
    ) throws(ReportError) -> [ReportResult] {
        let outcome = try runAll(definitions, on: connection)
        if let failure = outcome.failures.first { throw failure.error }
        return outcome.results
    }

    /// Runs reports in their order. A user's own report that fails, or one whose sums do not hold, does not affect the
    /// others.
    ///
    /// - Throws: ``ReportError`` if all must fail.
    public func runAll(
        _ definitions: [ReportDefinition],
        on connection: borrowing Connection
    ) throws(ReportError) -> (results: [ReportResult], failures: [ReportFailure]) {
        try ParameterValues.check(request.values, definitions)
        return try inTransaction(connection) { connection in
            let window = try ResolvedWindow(request, interval: request.interval, on: connection)
            let notes = try DataNotes.collect(window, pbx: request.pbx, on: connection)
            return try runEach(definitions, window, notes: notes, on: connection)
        }
    }

    /// Runs reports in the open transaction.
    func runEach(
        _ definitions: [ReportDefinition],
        _ window: ResolvedWindow,
        notes: [ReportNote],
        on connection: borrowing Connection
    ) throws -> (results: [ReportResult], failures: [ReportFailure]) {
        var results: [ReportResult] = []
        var failures: [ReportFailure] = []
        for definition in definitions {
            do {
                results.append(
                    try run(definition, window, notes: notes, totals: request.totals, on: connection)
                )
            } catch let error as ReportError where !definition.isBuiltIn || error.code == .check {
                failures.append(ReportFailure(name: definition.name, error: error))
            }
        }
        return (results, failures)
    }

    /// The same for another request.
    func with(_ request: ReportRequest) -> ReportRunner {
        ReportRunner(request, reader: reader, folds: folds, willUseReader: willUseReader)
    }

    /// Runs `body` in a read-only transaction that is set up for reports.
    func inTransaction<Result>(
        _ connection: borrowing Connection,
        _ body: (borrowing Connection) throws -> Result
    ) throws(ReportError) -> Result {
        do {
            return try connection.transaction(readOnly: true) { connection in
                // Compiling these statements takes longer than running them; their sorts and hashes fit into memory.
                try connection.execute("set local jit = off; set local work_mem = '128MB'")
                return try body(connection)
            }
        } catch let error as ReportError {
            throw error
        } catch let error as PostgresError {
            throw ReportError(.database, "The report could not be read from the warehouse.", underlying: error)
        } catch {
            throw ReportError(.database, "\(error)")
        }
    }

    func run(
        _ definition: ReportDefinition,
        _ window: ResolvedWindow,
        notes: [ReportNote],
        totals: Bool = false,
        on connection: borrowing Connection
    ) throws -> ReportResult {
        let totals = totals && definition.hasTotals
        let values = try ParameterValues(request, window, totals: totals).values(for: definition)
        if let source = definition.source {
            return try folded(definition, source, window, notes: notes, values, on: connection)
        }
        var rows = try fetch(definition, values, zone: window.timeZone, on: connection)
        rows = ReportFinish.rows(rows, of: definition)
        try verify(rows, definition)
        // The statement leaves the totals of a single row out.
        let total = totals && rows.count > 1 ? rows.removeLast() : nil
        return ReportResult(
            definition: definition,
            window: window,
            parameters: definition.parameters.map { ($0.name, $0.kind, values[$0.name] ?? nil) },
            rows: rows,
            total: total.map { definition.dated($0, window) },
            notes: notes + unheeded(definition)
        )
    }

    /// A filter that a report does not support leaves its figures unchanged, and the reader must be told.
    func unheeded(_ definition: ReportDefinition) -> [ReportNote] {
        let filters: [(String, ReportNote.Filter, String?)] = [
            ("pbx", .pbx, request.pbx), ("queue", .queue, request.queue), ("agent", .agent, request.agent),
        ]
        return filters.compactMap { name, filter, value in
            guard value != nil, !definition.parameters.contains(where: { $0.name == name }) else { return nil }
            return .notNarrowed(report: definition.name, to: filter)
        }
    }

    private func fetch(
        _ definition: ReportDefinition,
        _ values: [String: String?],
        zone: String,
        on connection: borrowing Connection
    ) throws -> [[ReportCell]] {
        let parameters = definition.statement.names.map { Parameter.text(values[$0] ?? nil) }
        let columns = definition.columns
        do {
            let rows =
                try definition.isBuiltIn
                ? connection.query(definition.statement.text, parameters)
                : Confinement(seconds: request.ownReportSeconds, reader: reader, willUse: willUseReader)
                    .query(definition.statement.text, parameters, zone: zone, on: connection)
            let names = rows.columns.map(\.name)
            guard names == columns.map(\.name) else { throw Mismatch(names).error }
            return try rows.map { row throws(PostgresError) in
                var cells: [ReportCell] = []
                cells.reserveCapacity(columns.count)
                for (place, column) in columns.enumerated() {
                    guard let cell = try ReportCell(row, place, column.kind) else {
                        throw PostgresError(
                            .value,
                            "Column \(column.name) does not hold a value of kind \(column.kind)."
                        )
                    }
                    cells.append(cell)
                }
                return cells
            }
        } catch let error as PostgresError {
            guard error.code != .connectionLost else { throw error }
            // 57014: the time-out, or a signal from the user.
            let isTimeout = !definition.isBuiltIn && error.isSQLState("57014")
            throw ReportError(
                .definition,
                isTimeout ? "The statement took longer than \(request.ownReportSeconds) s." : "The statement failed.",
                file: definition.file,
                line: definition.firstLine + (error.position.map(definition.statement.line) ?? 0),
                underlying: error
            )
        }
    }

    /// A statement that returns columns other than those in its header.
    private struct Mismatch {
        let names: [String]

        init(_ names: [String]) { self.names = names }

        var error: PostgresError {
            PostgresError(
                .value,
                "It returns the columns \(names.joined(separator: ", ")), which are not those declared."
            )
        }
    }

    /// If sums do not hold, the report or the data is defective: nobody should act on such figures.
    private func verify(_ rows: [[ReportCell]], _ definition: ReportDefinition) throws(ReportError) {
        for check in definition.checks {
            let places = ([check.total] + check.parts).map { name in
                definition.columns.firstIndex { $0.name == name }
            }
            for (number, row) in rows.enumerated() {
                let values = places.map { place -> Int64 in
                    guard let place, case .integer(let value) = row[place] else { return 0 }
                    return value
                }
                guard values[0] == values.dropFirst().reduce(0, +) else {
                    throw ReportError(
                        .check,
                        "Report \(definition.name), row \(number + 1): \(check) does not hold: \(values[0]) against "
                            + values.dropFirst().map { String($0) }.joined(separator: " + ") + "."
                    )
                }
            }
        }
    }
}
