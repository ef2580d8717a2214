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
            let label = period.tick(interval, of: periods.count)
            let tip = Self.tip(period.name(interval), sum.answered, sum.lost, isQueues: isQueues)
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
                title: Self.title(interval),
                key: [
                    ("c-answered", localized("answered", context: "visits")),
                    ("c-lost", isQueues ? localized("lost, without short") : localized("not answered")),
                ],
                height: StackedColumns.height,
                content: chart.content(),
                figures: columns.map(\.tip),
                hasLinks: links.isUsed
            ).markup
    }

    private static func title(_ interval: ReportInterval) -> String {
        switch interval {
        case .hour: localized("Calls by hour")
        case .week: localized("Calls by week")
        case .month: localized("Calls by month")
        case .day, .total: localized("Calls by day")
        }
    }

    private static func tip(_ period: String, _ answered: Int64, _ lost: Int64, isQueues: Bool) -> String {
        isQueues
            ? localized("\(period): \(answered) answered, \(lost) lost")
            : localized("\(period): \(answered) answered, \(lost) not answered")
    }
}
