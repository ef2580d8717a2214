import Base

/// When callers call, and when they are lost: one square for each hour. Rows are days, or weekdays if there are many
/// days.
struct HourMap {
    private struct Count {
        var offered: Int64 = 0
        var lost: Int64 = 0
        /// The hour; nil for hours of several days.
        var period: ChartPeriod?
    }

    private let isByWeekday: Bool
    /// By day, or by weekday, and hour.
    private var counts: [Int: [Int: Count]] = [:]
    /// The rows, those without calls too.
    private var days: Set<Int> = []
    private let result: ReportResult?
    private let links: FigureLinks

    init(_ book: ReportBook, _ links: FigureLinks = .none) {
        isByWeekday = book.window.days > 8
        (result, self.links) = (book.byHour, links)
        guard let result = book.byHour else { return }
        for row in result.rows {
            guard case .moment(let start) = result.cell(row, "period_start"),
                case .integer(let offered) = result.cell(row, "offered"),
                case .integer(let answered) = result.cell(row, "answered"),
                case .integer(let waiting) = result.cell(row, "in_progress")
            else { continue }
            let day = isByWeekday ? start.date.weekday : start.day
            days.insert(day)
            guard offered > 0 else { continue }
            // An hour that a clock shows twice counts twice in its square.
            let hour = start.secondOfDay / 3600
            let isFirst = counts[day]?[hour] == nil
            counts[day, default: [:]][hour, default: Count()].offered += offered
            counts[day, default: [:]][hour, default: Count()].lost +=
                offered - answered - waiting - result.integer(row, "abandoned_short")
            let period = isByWeekday ? nil : ChartPeriod(result, row)
            if isFirst {
                counts[day]?[hour]?.period = period
            } else if counts[day]?[hour]?.period != period {
                counts[day]?[hour]?.period = nil
            }
        }
    }

    /// The chart; empty without calls.
    var markup: Markup {
        let hours = counts.values.flatMap(\.keys)
        guard let first = hours.min(), let last = hours.max() else { return "" }
        let shown = min(first, 8)...max(last, 17)
        let most = counts.values.flatMap(\.values).map(\.offered).max() ?? 1
        let left = 60.0
        let size = (Chart.width - left) / Double(shown.count)
        let tall = min(max(size, 20), 30)
        var parts: [Markup] = []
        for (place, hour) in shown.enumerated() where shown.count <= 12 || hour % 2 == 0 {
            parts.append(Chart.text(String(hour), x: left + size * (Double(place) + 0.5), y: 12, "soft mid"))
        }
        for (line, day) in days.sorted().enumerated() {
            let y = 20 + tall * Double(line)
            parts.append(Chart.text(label(day), x: 0, y: y + tall / 2 + 4, "soft"))
            for (place, hour) in shown.enumerated() {
                let x = left + size * Double(place)
                parts += square(day, hour, most: most, x: x + 1, y: y + 1, width: size - 2, height: tall - 2)
            }
        }
        let key = [
            ("c-answered", localized("calls; the stronger the colour, the more")),
            ("c-lost", localized("share of them lost")),
        ]
        let sums = isByWeekday && links.isUsed ? localized("Sums of several days. By hour, the table has each.") : ""
        let height = 22 + tall * Double(days.count)
        return Chart(
            title: localized("Calls by hour"),
            remark: (extremes + [sums]).filter { !$0.isEmpty }.joined(separator: " "),
            key: key,
            height: height,
            content: Markup.joined(parts),
            figures: extremes,
            hasLinks: links.isUsed
        ).markup
    }

    /// What the colours show, in words: paper and telephones have no other figures.
    private var extremes: [String] {
        let hours = counts.flatMap { day, hours in hours.map { (day: day, hour: $0.key, count: $0.value) } }
            .sorted { ($0.day, $0.hour) < ($1.day, $1.hour) }
        func most(_ value: (Count) -> Int64) -> (place: String, count: Int64)? {
            guard let found = hours.max(by: { value($0.count) < value($1.count) }), value(found.count) > 0 else {
                return nil
            }
            return ("\(label(found.day)), \(ChartPeriod.hour(found.hour))", value(found.count))
        }
        let calls = most(\.offered).map { found in
            localized(
                found.count,
                one: "Most calls: \(found.place), \(found.count) call.",
                other: "Most calls: \(found.place), \(found.count) calls."
            )
        }
        let lost = most(\.lost).map { found in
            localized(
                found.count,
                one: "Most lost: \(found.place), \(found.count) call.",
                other: "Most lost: \(found.place), \(found.count) calls."
            )
        }
        return [calls, lost].compactMap { $0 }
    }

    private func label(_ day: Int) -> String {
        if isByWeekday { return Words.weekdays[day] }
        let date = CalendarDay(daysSinceEpoch: day)
        return "\(Words.weekday(date)) \(date.day)"
    }

    /// The square of an hour: its colour is as strong as its share of the most calls, and filled from below by the share lost.
    private func square(
        _ day: Int,
        _ hour: Int,
        most: Int64,
        x: Double,
        y: Double,
        width: Double,
        height: Double
    ) -> [Markup] {
        let count = counts[day]?[hour] ?? Count()
        let place = "\(label(day)), \(ChartPeriod.hour(hour))"
        let tip = localized("\(place): \(count.offered) offered, \(count.lost) lost")
        let ground = Chart.bar(x: x, y: y, width: width, height: height, "c-faint", tip: tip)
        guard count.offered > 0 else { return [ground] }
        let strength = 0.18 + 0.82 * Double(count.offered) / Double(most)
        let square: Markup = """
            <rect x="\(x)" y="\(y)" width="\(width)" height="\(height)" rx="1.5" \
            class="c-answered" opacity="\(strength)"><title>\(tip)</title></rect>
            """
        func address(_ figure: String) -> String? {
            guard let result, let period = count.period else { return nil }
            return links.address(result, figure, period)
        }
        let calls = Chart.link(square, tip: tip, address("offered"))
        let lost = max(height * Double(count.lost) / Double(count.offered), count.lost > 0 ? 1.5 : 0)
        let share = Chart.bar(
            x: x,
            y: y + height - lost,
            width: width,
            height: lost,
            "c-lost",
            tip: tip,
            address: address("lost")
        )
        return [ground, calls, share]
    }
}
