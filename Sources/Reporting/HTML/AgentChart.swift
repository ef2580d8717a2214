import Base

/// How each agent's time was spent: talking, in wrap-up, ringing, paused, and logged in without any of these.
struct AgentChart {
    let markup: Markup

    private static let most = 12
    private static var parts: [(column: String, style: String, name: String)] {
        [
            ("talk_s", "c-answered", localized("talk")), ("wrap_s", "c-good", localized("wrap-up")),
            ("ring_s", "c-wait", localized("ringing")),
            ("pause_s", "c-rest", localized("pause", context: "time of an agent")),
        ]
    }

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
        let left = 132.0
        let right = Chart.width - 120
        let pitch = rows.count > 8 ? 22.0 : 30
        let thick = pitch - 11
        var content: [Markup] = []
        let styles = Self.parts
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
                    "c-track",
                    tip: localized("\(agent): logged in \(DurationText.of(seconds: seconds(row, "login_s")))"),
                    address: links.address(result, index, "login_s")
                )
            )
            var x = left
            for part in styles {
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
                    Self.talk(seconds(row, "talk_s"), of: seconds(row, "login_s")),
                    x: Chart.width,
                    y: y + thick / 2 + 4,
                    "strong end"
                )
            )
        }
        let figures = rows.map { _, row in
            "\(result.label(row, "agent") ?? ""): \(Self.talk(seconds(row, "talk_s"), of: seconds(row, "login_s")))"
        }
        let used = styles.filter { part in rows.contains { seconds($0.element, part.column) > 0 } }
        let hidden = result.rows.count - rows.count
        markup =
            Chart(
                title: localized("Agents' time"),
                remark: hidden > 0
                    ? localized(
                        "Talk time, also as a share of the time logged in. The \(Self.most) who talked most; the table has \(hidden) more."
                    ) : localized("Talk time, also as a share of the time logged in."),
                key: used.map { ($0.style, $0.name) } + [("c-track", localized("logged in"))],
                height: 2 + pitch * Double(rows.count),
                content: Markup.joined(content),
                figures: figures,
                hasLinks: links.isUsed
            ).markup
    }

    /// `15:31:06 · 32 %`; only the time without sessions.
    private static func talk(_ seconds: Int64, of login: Int64) -> String {
        let time = DurationText.of(seconds: seconds)
        guard login > 0, seconds <= login else { return time }
        return "\(time) · \((100 * seconds + login / 2) / login) %"
    }
}
