import Base

/// Calls and lost calls by day, or by week or month if there are many days.
struct DayChart {
    let markup: Markup

    init(_ book: ReportBook, _ links: FigureLinks = .none) {
        guard let result = book.byDay["queues"] ?? book.byDay["calls"] else {
            markup = ""
            return
        }
        let isQueues = result.definition.name == "queues"
        var periods: [ChartPeriod] = []
        var sums: [LocalMoment: (answered: Int64, lost: Int64)] = [:]
        for row in result.rows {
            guard let period = ChartPeriod(result, row) else { continue }
            let start = period.from
            func count(_ column: String) -> Int64 { result.integer(row, column) }
            if sums[start] == nil { periods.append(period) }
            let all = count(isQueues ? "offered" : "calls") - count("in_progress") - count("abandoned_short")
            let answered = count("answered")
            sums[start, default: (0, 0)].answered += answered
            sums[start, default: (0, 0)].lost += all - answered
        }
        let interval = result.window.interval
        guard !periods.isEmpty else {
            markup = ""
            return
        }
        let columns = periods.map { period in
            let start = period.from
            let sum = sums[start] ?? (0, 0)
            let label = Words.tick(start.date, interval, of: periods.count)
            let tip = "\(Words.day(start.date)): \(sum.answered) answered, \(sum.lost) lost"
            // Calls that were not answered are the unmarked rows of the share.
            return StackedColumns.Column(
                label: label,
                tip: tip,
                answered: sum.answered,
                lost: sum.lost,
                answeredAddress: links.address(result, "answered", period),
                lostAddress: links.address(result, isQueues ? "lost" : "answered_pct", period)
            )
        }
        let chart = StackedColumns(columns: columns, labelStep: max(1, (columns.count + 11) / 12))
        markup =
            Chart(
                title: "Calls by \(interval.rawValue)",
                key: [("c-answered", "answered"), ("c-lost", isQueues ? "lost, without short" : "not answered")],
                height: StackedColumns.height,
                content: chart.content(),
                hasLinks: links.isUsed
            ).markup
    }
}
