import Base
import Postgres

/// The figures of eight periods of the window's length, the last of which is the window.
struct ReportTrend: Sendable {
    /// The periods that are compared: their beginnings, and their numbers among those of the results, counted from 1.
    let periods: [(start: LocalMoment, number: Int)]
    /// The reports `queues` and `calls`, as far as requested, by period and by name.
    let results: [String: ReportResult]
    let waits: WaitClasses

    static let count = 8
    /// Longer windows have no trend: it would read eight times as much.
    static let mostDays = 35

    /// The figures of the queues in each period; nil for those before the first data.
    var queues: [Summary?] {
        guard let result = results["queues"] else { return [] }
        return Self.withoutPast(periods.map { Summary(result, waits, period: $0) }) { $0.offered > 0 }
    }

    /// Sums over the calls in each period, of all directions; nil for those before the first data.
    var calls: [CallSums?] {
        guard let result = results["calls"] else { return [] }
        let sums = periods.map { period in
            CallSums(result, result.rows.filter { result.cell($0, "period_start") == .moment(period.start) })
        }
        return Self.withoutPast(sums) { $0.calls > 0 }
    }

    private static func withoutPast<Value>(_ values: [Value], _ hasData: (Value) -> Bool) -> [Value?] {
        let first = values.firstIndex(where: hasData) ?? values.count
        return values.indices.map { $0 < first ? nil : values[$0] }
    }
}

extension ReportRunner {
    /// Runs reports for the eight periods, each report once; nil if the window is too long.
    func trend(
        _ definitions: [ReportDefinition],
        _ window: ResolvedWindow,
        on connection: borrowing Connection
    ) throws -> ReportTrend? {
        guard !definitions.isEmpty, window.days <= ReportTrend.mostDays else { return nil }
        var windows: [ResolvedWindow] = []
        for times in (1..<ReportTrend.count).reversed() {
            windows.append(
                try ResolvedWindow(request.before(window, times: times), interval: .total, on: connection)
            )
        }
        windows.append(window)
        let (list, periods) = Self.periods(windows)
        let whole = ResolvedWindow(
            from: windows[0].from,
            to: window.to,
            timeZone: window.timeZone,
            interval: .total,
            periodList: list,
            now: window.now
        )
        var results: [String: ReportResult] = [:]
        for definition in definitions {
            results[definition.name] = try run(definition, whole, notes: [], on: connection)
        }
        return ReportTrend(periods: periods, results: results, waits: try WaitClasses(request, whole, on: connection))
    }

    /// The beginnings of all periods as the server's array, with those of the gaps between windows that are not whole days, and
    /// the windows' own among them.
    private static func periods(_ windows: [ResolvedWindow]) -> (String, [(start: LocalMoment, number: Int)]) {
        var starts: [LocalMoment] = []
        var periods: [(start: LocalMoment, number: Int)] = []
        for window in windows {
            if starts.last != window.from { starts.append(window.from) }
            periods.append((window.from, starts.count))
            starts.append(window.to)
        }
        let list = starts.dropLast().map { "\"\($0.description)\"" }.joined(separator: ",")
        return ("{\(list)}", periods)
    }
}
