import Base

/// How each agent's time was spent: talking, in wrap-up, ringing, paused, and logged in without any of these.
struct AgentChart {
    let markup: Markup

    private static let most = 24
    private static let parts: [(column: String, style: String, name: String)] = [
        ("talk_s", "c-answered", "talk"), ("wrap_s", "c-good", "wrap-up"), ("ring_s", "c-wait", "ring"),
        ("pause_s", "c-rest", "pause"),
    ]

    init(_ book: ReportBook, _ links: FigureLinks = .none) {
        guard let result = book.agents, !result.rows.isEmpty else {
            markup = ""
            return
        }
        func seconds(_ row: [ReportCell], _ column: String) -> Int64 { result.integer(row, column) }
        func whole(_ row: [ReportCell]) -> Int64 {
            max(seconds(row, "login_s"), Self.parts.reduce(0) { $0 + seconds(row, $1.column) })
        }
        let rows = result.rows.enumerated().sorted { seconds($0.element, "talk_s") > seconds($1.element, "talk_s") }
            .prefix(Self.most)
        let longest = max(1, rows.map { whole($0.element) }.max() ?? 1)
        let left = 120.0
        let right = Chart.width - 62
        let pitch = rows.count > 12 ? 24.0 : 30
        let thick = pitch - 11
        var content: [Markup] = []
        for (line, (index, row)) in rows.enumerated() {
            let y = 2 + pitch * Double(line)
            guard let agent = result.label(row, "agent") else { continue }
            content.append(Chart.text(DisplayWidth.cut(agent, to: 17), x: 0, y: y + thick / 2 + 4))
            func breadth(_ seconds: Int64) -> Double { (right - left) * Double(seconds) / Double(longest) }
            content.append(
                Chart.bar(
                    x: left,
                    y: y,
                    width: breadth(whole(row)),
                    height: thick,
                    "c-faint",
                    tip: "\(agent): logged in \(DurationText.of(seconds: seconds(row, "login_s")))",
                    address: links.address(result, index, "login_s")
                )
            )
            var x = left
            for part in Self.parts {
                let length = seconds(row, part.column)
                let tip = "\(agent): \(part.name) \(DurationText.of(seconds: length))"
                content.append(
                    Chart.bar(
                        x: x,
                        y: y,
                        width: breadth(length),
                        height: thick,
                        part.style,
                        tip: tip,
                        address: links.address(result, index, part.column)
                    )
                )
                x += breadth(length)
            }
            content.append(
                Chart.text(
                    DurationText.of(seconds: seconds(row, "talk_s")),
                    x: Chart.width,
                    y: y + thick / 2 + 4,
                    "strong end"
                )
            )
        }
        let used = Self.parts.filter { part in rows.contains { seconds($0.element, part.column) > 0 } }
        let hidden = result.rows.count - rows.count
        markup =
            Chart(
                title: "Agents' time",
                remark: "The figures are talk time."
                    + (hidden > 0 ? " The \(Self.most) who talked most; the table has \(hidden) more." : ""),
                key: used.map { ($0.style, $0.name) } + [("c-faint", "logged in")],
                height: 2 + pitch * Double(rows.count),
                content: Markup.joined(content),
                hasLinks: links.isUsed
            ).markup
    }
}
