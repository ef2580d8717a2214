import Base

/// Calls and lost calls by day, or by week or month if there are many days.
struct DayChart {
    let markup: Markup

    init(_ book: ReportBook) {
        guard let result = book.byDay["queues"] ?? book.byDay["calls"] else {
            markup = ""
            return
        }
        let isQueues = result.definition.name == "queues"
        var starts: [LocalMoment] = []
        var sums: [LocalMoment: (answered: Int64, lost: Int64)] = [:]
        for row in result.rows {
            guard case .moment(let start) = result.cell(row, "period_start") else { continue }
            func count(_ column: String) -> Int64 { result.integer(row, column) }
            if sums[start] == nil { starts.append(start) }
            let all = count(isQueues ? "offered" : "calls") - count("in_progress")
            let answered = count("answered")
            sums[start, default: (0, 0)].answered += answered
            sums[start, default: (0, 0)].lost += all - answered
        }
        let interval = result.window.interval
        guard !starts.isEmpty else {
            markup = ""
            return
        }
        let columns = starts.map { start in
            let sum = sums[start] ?? (0, 0)
            let label = Words.tick(start.date, interval, of: starts.count)
            let tip = "\(Words.day(start.date)): \(sum.answered) answered, \(sum.lost) lost"
            return StackedColumns.Column(label: label, tip: tip, answered: sum.answered, lost: sum.lost)
        }
        let chart = StackedColumns(columns: columns, labelStep: max(1, (columns.count + 11) / 12))
        markup =
            Chart(
                title: "Calls by \(interval.rawValue)",
                key: [("c-answered", "answered"), ("c-lost", isQueues ? "lost" : "not answered")],
                height: StackedColumns.height,
                content: chart.content()
            ).markup
    }
}
