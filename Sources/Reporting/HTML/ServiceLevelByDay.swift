import Base

/// The service level of all queues together by day, or by week or month if there are many days, compared with the
/// target.
struct ServiceLevelByDay {
    let markup: Markup

    init(_ book: ReportBook, _ links: FigureLinks = .none) {
        guard let result = book.byDay["queues"], !result.rows.isEmpty else {
            markup = ""
            return
        }
        var periods: [ChartPeriod] = []
        for row in result.rows {
            if let period = ChartPeriod(result, row), periods.last != period { periods.append(period) }
        }
        let interval = result.window.interval
        let (left, top, bottom) = (34.0, 14.0, StackedColumns.height - 22)
        func y(_ percent: Double) -> Double { bottom - (bottom - top) * percent / 100 }
        let target = y(Double(book.target))
        // Figures come last: a line that crosses them would make them unreadable.
        var figures: [Markup] = []
        var tips: [String] = []
        var parts: [Markup] = [0, 25, 50, 75, 100].flatMap { tick -> [Markup] in
            [
                Chart.line(x1: left, y1: y(tick), x2: Chart.width, y2: y(tick)),
                Chart.text(String(Int(tick)), x: left - 6, y: y(tick) + 4, "soft end"),
            ]
        }
        let slot = (Chart.width - left) / Double(periods.count)
        let breadth = min(slot * 0.68, 44)
        let labelStep = max(1, (periods.count + 11) / 12)
        for (place, period) in periods.enumerated() {
            let start = period.from
            let x = left + slot * (Double(place) + 0.5)
            if place % labelStep == 0 {
                let label = period.tick(interval, of: periods.count)
                parts.append(Chart.text(label, x: x, y: StackedColumns.height - 5, "soft mid"))
            }
            let summary = Summary(result, book.waits, period: (start, place + 1))
            guard let percent = summary.serviceLevel else { continue }
            let style = percent >= Double(book.target) ? "c-good" : "c-bad"
            let tip = localized("\(period.name(interval)): \(Words.oneDecimal(percent)) % in time")
            tips.append(tip)
            parts.append(
                Chart.bar(
                    x: x - breadth / 2,
                    y: y(percent),
                    width: breadth,
                    height: bottom - y(percent),
                    style,
                    tip: tip,
                    address: links.address(result, "service_level_pct", period)
                )
            )
            if periods.count <= 9 {
                figures.append(Chart.text(Words.oneDecimal(percent), x: x, y: y(percent) - 4, "mid over"))
            }
        }
        parts.append(Chart.line(x1: left, y1: target, x2: Chart.width, y2: target, "target"))
        markup =
            Chart(
                title: Self.title(interval),
                key: [
                    ("c-good", localized("target of \(book.target) % reached")), ("c-bad", localized("target missed")),
                ],
                height: StackedColumns.height,
                content: Markup.joined(parts + figures),
                figures: tips,
                hasLinks: links.isUsed
            ).markup
    }

    private static func title(_ interval: ReportInterval) -> String {
        switch interval {
        case .hour: localized("Answered in time by hour, in percent")
        case .week: localized("Answered in time by week, in percent")
        case .month: localized("Answered in time by month, in percent")
        case .day, .total: localized("Answered in time by day, in percent")
        }
    }
}
