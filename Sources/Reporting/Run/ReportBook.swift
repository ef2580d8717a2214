import Base
public import Postgres

/// Reports together with the data for charts and comparisons: the same figures by day and hour, and of the previous
/// period.
public struct ReportBook: Sendable {
    /// The requested reports.
    public internal(set) var results: [ReportResult]
    /// Reports that failed on their own.
    public let failures: [ReportFailure]
    /// The same reports for an equally long time before, totals only, by name.
    let before: [String: ReportResult]
    /// The reports `queues` and `calls` by day, or by week or month if the window is long.
    let byDay: [String: ReportResult]
    /// The queues' figures by hour; nil if the window is longer than five weeks.
    let byHour: ReportResult?
    /// The requested ones among the reports `queues`, `agents` and `calls`, for the whole window, by name.
    let totals: [String: ReportResult]
    let waits: WaitClasses
    let waitsBefore: WaitClasses
    /// The percentage of calls that should be answered in time.
    let target: Int
    /// The figures of eight periods that end with the window; nil if it is too long.
    var trend: ReportTrend?
    /// The default target.
    public static let usualTarget = 80

    /// What a reader should know about the data, each sentence once.
    var notes: [String] {
        var seen: Set<ReportNote> = []
        return results.flatMap(\.notes).filter { seen.insert($0).inserted }.map(\.text)
    }

    /// The notes that concern all reports; the others are beside the report that they concern.
    var sharedNotes: [String] {
        notes.filter { note in results.allSatisfy { $0.notes.map(\.text).contains(note) } }
    }

    /// The queues' figures for the whole window.
    var queues: ReportResult? { totals["queues"] }
    /// The agents' figures for the whole window.
    var agents: ReportResult? { totals["agents"] }

    /// The same with only these columns in its tables.
    public func with(columns names: [String]) -> ReportBook {
        var book = self
        book.results = results.map { $0.with(columns: names) }
        return book
    }

    /// The time that the reports cover.
    public var window: ResolvedWindow { results[0].window }
}

extension ReportRunner {
    /// Runs reports and everything that belongs with them.
    ///
    /// - Parameters:
    ///   - definitions: At least one.
    ///   - catalogue: Contains the reports behind the charts.
    ///   - target: The percentage of calls that should be answered in time.
    ///   - connection: The warehouse.
    /// - Returns: Everything that a page or a workbook shows.
    /// - Throws: ``ReportError``, also if every report fails.
    public func book(
        _ definitions: [ReportDefinition],
        from catalogue: ReportCatalogue,
        target: Int = ReportBook.usualTarget,
        on connection: borrowing Connection
    ) throws(ReportError) -> ReportBook {
        precondition(!definitions.isEmpty, "A book has at least one report.")
        try ParameterValues.check(request.values, definitions)
        return try inTransaction(connection) { connection in
            try collect(definitions, catalogue, target, on: connection)
        }
    }

    private func collect(
        _ definitions: [ReportDefinition],
        _ catalogue: ReportCatalogue,
        _ target: Int,
        on connection: borrowing Connection
    ) throws -> ReportBook {
        let window = try ResolvedWindow(request, interval: request.interval, on: connection)
        let notes = try DataNotes.collect(window, pbx: request.pbx, on: connection)
        let outcome = try runEach(definitions, window, notes: notes, on: connection)
        if outcome.results.isEmpty, let failure = outcome.failures.first { throw failure.error }
        let charted = try outcome.results.map(\.definition.name).filter { ["queues", "agents", "calls"].contains($0) }
            .map { try catalogue.definition($0) }
        let earlier = with(request.before(window))
        let windowBefore = try ResolvedWindow(earlier.request, interval: .total, on: connection)
        let steps = try ResolvedWindow(request, interval: window.chartInterval, on: connection)
        return ReportBook(
            results: outcome.results,
            failures: outcome.failures,
            before: try earlier.run(charted, windowBefore, on: connection),
            byDay: try run(charted.filter { $0.name != "agents" }, steps, on: connection),
            byHour: window.days <= 35
                ? try run(charted.filter { $0.name == "queues" }, .hour, on: connection)["queues"] : nil,
            totals: try run(charted, .total, on: connection),
            waits: try WaitClasses(request, steps, on: connection),
            waitsBefore: try WaitClasses(earlier.request, windowBefore, on: connection),
            target: target,
            trend: try trend(charted.filter { $0.name != "agents" }, window, on: connection)
        )
    }

    private func run(
        _ definitions: [ReportDefinition],
        _ interval: ReportInterval,
        on connection: borrowing Connection
    ) throws -> [String: ReportResult] {
        try run(definitions, ResolvedWindow(request, interval: interval, on: connection), on: connection)
    }

    private func run(
        _ definitions: [ReportDefinition],
        _ window: ResolvedWindow,
        on connection: borrowing Connection
    ) throws -> [String: ReportResult] {
        var results: [String: ReportResult] = [:]
        for definition in definitions {
            results[definition.name] = try run(definition, window, notes: [], on: connection)
        }
        return results
    }
}

extension ReportRequest {
    /// The same for as many whole months before, if the window consists of whole months; otherwise for the same number of local
    /// days before. The clock shows the same time at both ends.
    ///
    /// - Parameter times: How many such periods before the window.
    func before(_ window: ResolvedWindow, times: Int = 1) -> ReportRequest {
        var request = self
        request.interval = .total
        if let months = window.months {
            request.window = .between(
                WrittenTime(window.from.date.firstOfMonth(-months * times)),
                WrittenTime(window.from.date.firstOfMonth(-months * (times - 1)))
            )
            return request
        }
        request.window = .between(
            WrittenTime(window.from, daysEarlier: window.days * times),
            WrittenTime(window.to, daysEarlier: window.days * times)
        )
        return request
    }
}

extension WrittenTime {
    fileprivate init(_ moment: LocalMoment, daysEarlier days: Int) {
        let day = CalendarDay(daysSinceEpoch: moment.day - days)
        self = WrittenTime("\(day) \(moment.time)") ?? WrittenTime(day)
    }
}

extension ResolvedWindow {
    /// Whether a day and a month name a moment in it.
    var isWithinYear: Bool { days < 366 }

    /// Local days that the window touches.
    var days: Int { to.day - from.day + (to.secondOfDay > 0 ? 1 : 0) }

    /// The number of whole calendar months that it consists of; nil if it begins or ends within a month.
    var months: Int? {
        let (first, last) = (from.date, to.date)
        guard from.secondOfDay == 0, to.secondOfDay == 0, first.day == 1, last.day == 1 else { return nil }
        return (last.year - first.year) * 12 + last.month - first.month
    }

    /// Steps that keep a chart readable.
    fileprivate var chartInterval: ReportInterval {
        days <= 1 ? .hour : days <= 35 ? .day : days <= 250 ? .week : .month
    }
}
