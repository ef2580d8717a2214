import Base

/// The service level of each queue compared with the target.
struct ServiceLevelChart {
    let markup: Markup

    private static let most = 16

    init(_ book: ReportBook, _ links: FigureLinks = .none) {
        guard let result = book.queues, !result.rows.isEmpty else {
            markup = ""
            return
        }
        // The busiest queues, if there are too many to show.
        let busiest = result.rows.enumerated().sorted { left, right in
            result.integer(left.element, "offered") > result.integer(right.element, "offered")
        }.prefix(Self.most)
        let left = 132.0
        let right = Chart.width - 62
        let pitch = 30.0
        let target = left + (right - left) * Double(book.target) / 100
        var parts: [Markup] = []
        var tips: [String] = []
        for (line, (index, row)) in busiest.enumerated() {
            let y = 18 + pitch * Double(line)
            guard let queue = result.label(row, "queue") else { continue }
            let percent = result.cell(row, "service_level_pct")
            parts.append(Chart.text(DisplayWidth.cut(queue, to: 17), x: 0, y: y + 14))
            parts.append(Chart.bar(x: left, y: y, width: right - left, height: 19, "c-track"))
            if let value = percent.value {
                let tip = localized(
                    "\(queue): \(Words.cell(percent, .percent)) % of \(result.integer(row, "offered")) offered"
                )
                tips.append(tip)
                let style = value >= Double(book.target) ? "c-good" : "c-bad"
                parts.append(
                    Chart.bar(
                        x: left,
                        y: y,
                        width: (right - left) * value / 100,
                        height: 19,
                        style,
                        tip: tip,
                        address: links.address(result, index, "service_level_pct")
                    )
                )
            }
            let label = percent == .empty ? "–" : "\(Words.cell(percent, .percent)) %"
            parts.append(Chart.text(label, x: Chart.width, y: y + 14, "strong end"))
        }
        let height = 18 + pitch * Double(busiest.count) - 5
        parts.append(Chart.line(x1: target, y1: 12, x2: target, y2: height, "target"))
        parts.append(Chart.text(localized("target \(book.target) %"), x: target, y: 9, "soft mid"))
        let hidden = result.rows.count - busiest.count
        markup =
            Chart(
                title: localized("Answered in time by queue"),
                remark: hidden > 0 ? localized("The \(Self.most) busiest queues; the table has \(hidden) more.") : "",
                key: [("c-good", localized("target reached")), ("c-bad", localized("target missed"))],
                height: height + 2,
                content: Markup.joined(parts),
                figures: tips,
                hasLinks: links.isUsed
            ).markup
    }
}
