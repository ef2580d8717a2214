import Base

/// When callers call, and when they are lost: one square for each hour. Rows are days, or weekdays if there are many
/// days.
struct HourMap {
    let markup: Markup

    private struct Count {
        var offered: Int64 = 0
        var lost: Int64 = 0
    }

    init(_ book: ReportBook) {
        guard let result = book.byHour, !result.rows.isEmpty else {
            markup = ""
            return
        }
        let byWeekday = book.window.days > 8
        var counts: [Int: [Int: Count]] = [:]
        var days: Set<Int> = []
        for row in result.rows {
            guard case .moment(let start) = result.cell(row, "period_start"),
                case .integer(let offered) = result.cell(row, "offered"),
                case .integer(let answered) = result.cell(row, "answered"),
                case .integer(let waiting) = result.cell(row, "in_progress")
            else { continue }
            let line = byWeekday ? start.date.weekday : start.day
            days.insert(line)
            guard offered > 0 else { continue }
            // An hour that a clock shows twice counts twice in its square.
            counts[line, default: [:]][start.secondOfDay / 3600, default: Count()].offered += offered
            counts[line, default: [:]][start.secondOfDay / 3600, default: Count()].lost += offered - answered - waiting
        }
        let hours = counts.values.flatMap(\.keys)
        guard let first = hours.min(), let last = hours.max() else {
            markup = ""
            return
        }
        let shown = min(first, 8)...max(last, 17)
        let most = counts.values.flatMap(\.values).map(\.offered).max() ?? 1
        let left = 52.0
        let size = (Chart.width - left) / Double(shown.count)
        let tall = min(max(size, 20), 30)
        var parts: [Markup] = []
        for (place, hour) in shown.enumerated() where shown.count <= 12 || hour % 2 == 0 {
            parts.append(Chart.text(String(hour), x: left + size * (Double(place) + 0.5), y: 12, "soft mid"))
        }
        for (line, day) in days.sorted().enumerated() {
            let y = 20 + tall * Double(line)
            let date = CalendarDay(daysSinceEpoch: day)
            let label = byWeekday ? Words.weekdays[day] : "\(Words.weekday(date)) \(date.day)"
            parts.append(Chart.text(label, x: 0, y: y + tall / 2 + 4, "soft"))
            for (place, hour) in shown.enumerated() {
                let count = counts[day]?[hour] ?? Count()
                let x = left + size * Double(place)
                let tip = "\(label), \(hour)–\(hour + 1) h: \(count.offered) offered, \(count.lost) lost"
                parts.append(Chart.bar(x: x + 1, y: y + 1, width: size - 2, height: tall - 2, "c-faint", tip: tip))
                guard count.offered > 0 else { continue }
                let strength = 0.18 + 0.82 * Double(count.offered) / Double(most)
                parts.append(
                    """
                    <rect x="\(x + 1)" y="\(y + 1)" width="\(size - 2)" height="\(tall - 2)" rx="1.5" \
                    class="c-answered" opacity="\(strength)"><title>\(tip)</title></rect>
                    """
                )
                let share = Double(count.lost) / Double(count.offered)
                let height = max((tall - 2) * share, count.lost > 0 ? 1.5 : 0)
                parts.append(
                    Chart.bar(x: x + 1, y: y + tall - 1 - height, width: size - 2, height: height, "c-lost", tip: tip)
                )
            }
        }
        markup =
            Chart(
                title: "Calls by hour",
                key: [
                    ("c-answered", "calls, the stronger the more (at most \(Words.grouped(most)))"),
                    ("c-lost", "share lost"),
                ],
                height: 22 + tall * Double(days.count),
                content: Markup.joined(parts)
            ).markup
    }
}
