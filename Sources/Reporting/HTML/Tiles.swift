import Base

/// The figures that everybody looks for first, with those of the previous period.
struct Tiles {
    /// One figure.
    struct Tile {
        let name: String
        let figure: Markup
        /// The figure of the previous period, or what it is a part of.
        let before: Markup
    }

    /// In the order in which they are shown.
    let tiles: [Tile]

    /// The tiles of a page.
    var markup: Markup {
        let parts = tiles.map { tile -> Markup in
            """
            <div class="tile"><div class="name">\(tile.name)</div><div class="figure">\(tile.figure)</div>\
            <div class="before">\(tile.before)</div></div>

            """
        }
        return parts.isEmpty ? "" : "<div class=\"tiles\">\n\(Markup.joined(parts))</div>\n"
    }

    init(_ book: ReportBook, _ links: FigureLinks = .none) {
        var tiles: [Tile] = []
        if let now = book.queues, let before = book.before["queues"] {
            tiles += Self.queues(Summary(now, book.waits), Summary(before, book.waitsBefore), book.target) { figure in
                links.address(now, figure)
            }
        } else if let result = book.results.first(where: { $0.definition.name == "calls" }),
            let before = book.before["calls"]
        {
            tiles += Self.calls(result, before) { figure in links.address(result, figure) }
        }
        tiles += book.results.compactMap(Self.owed)
        self.tiles = tiles
    }

    private static func queues(
        _ now: Summary,
        _ before: Summary,
        _ target: Int,
        _ address: (String) -> String?
    ) -> [Tile] {
        func linked(_ figure: String, _ text: Markup) -> Markup { FigureLinks.linked(text, address(figure)) }
        return [
            tile(
                "Offered to queues",
                linked("offered", "\(Words.grouped(now.offered))"),
                change(now.offered, before.offered, good: nil)
            ),
            tile(
                "Answered, of offered",
                linked("answered_pct", percent(now.answeredShare)),
                points(now.answeredShare, before.answeredShare, good: .more)
            ),
            tile(
                "In time, of \(now.population) (target \(target) %)",
                linked("service_level_pct", percent(now.serviceLevel)),
                points(now.serviceLevel, before.serviceLevel, good: .more)
            ),
            tile(
                "Lost in queues, without \(Words.grouped(now.short)) short",
                linked("lost", "\(Words.grouped(now.lost))"),
                change(now.lost, before.lost, good: .less)
            ),
            tile(
                "Mean wait of answered",
                linked("asa_s", "\(duration(now.meanWait))"),
                seconds(now.meanWait, before.meanWait)
            ),
            tile(
                "Longest wait in queues",
                linked("wait_max_s", "\(duration(now.longest))"),
                seconds(now.longest, before.longest)
            ),
        ]
    }

    private static func calls(
        _ now: ReportResult,
        _ before: ReportResult,
        _ address: (String) -> String?
    ) -> [Tile] {
        func linked(_ figure: String, _ text: Markup) -> Markup { FigureLinks.linked(text, address(figure)) }
        let shares = [now, before].map { Summary.share($0.sum("answered"), $0.sum("calls")) }
        return [
            tile(
                "Calls, all directions",
                linked("calls", "\(Words.grouped(now.sum("calls")))"),
                change(now.sum("calls"), before.sum("calls"), good: nil)
            ),
            tile(
                "Answered, of calls",
                linked("answered_pct", percent(shares[0])),
                points(shares[0], shares[1], good: .more)
            ),
            tile(
                "Talk",
                linked("talk_total_s", "\(DurationText.of(seconds: now.sum("talk_total_s")))"),
                "before \(DurationText.of(seconds: before.sum("talk_total_s")))"
            ),
        ]
    }

    /// How many callers, or lost visits, are still owed a call; nil for another report.
    private static func owed(_ result: ReportResult) -> Tile? {
        guard result.place("status") != nil else { return nil }
        let states: [String] = result.rows.compactMap { row in
            // Callers who hung up at once are not lost.
            guard result.cell(row, "outcome") != .text("abandoned_short") else { return nil }
            return result.cell(row, "status").description
        }
        let owed = Words.grouped(Int64(states.count { ["open", "attempted", "claimed"].contains($0) }))
        let all = Words.grouped(Int64(states.count))
        switch result.definition.name {
        case "lost-calls": return tile("Callers to call back", owed, "of \(all) lost, in queues or elsewhere")
        case "lost-visits":
            return tile("Lost and not called back", owed, "of \(all) lost visits and calls, without short")
        default: return nil
        }
    }

    private enum Wish { case more, less }

    private static func tile(_ name: String, _ figure: Markup, _ before: Markup) -> Tile {
        Tile(name: name, figure: figure, before: before)
    }

    private static func tile(_ name: String, _ figure: String, _ before: Markup) -> Tile {
        tile(name, "\(figure)" as Markup, before)
    }

    private static func percent(_ share: Double?) -> Markup {
        share.map { "\(Words.oneDecimal($0)) <small>%</small>" } ?? "–"
    }

    private static func duration(_ seconds: Double?) -> String {
        seconds.map { DurationText.of(seconds: Int64($0.rounded())) } ?? "–"
    }

    private static func change(_ now: Int64, _ before: Int64, good: Wish?) -> Markup {
        guard before > 0 else { return "before \(Words.grouped(before))" }
        let percent = 100 * Double(now - before) / Double(before)
        return "\(coloured(Words.signed(percent) + " %", now - before, good))before \(Words.grouped(before))"
    }

    private static func points(_ now: Double?, _ before: Double?, good: Wish) -> Markup {
        guard let now, let before else { return "before –" }
        let difference = now - before
        let sign = difference > 0.05 ? Int64(1) : difference < -0.05 ? -1 : 0
        return "\(coloured(Words.signed(difference) + " pts", sign, good))before \(Words.oneDecimal(before)) %"
    }

    private static func seconds(_ now: Double?, _ before: Double?) -> Markup {
        guard let now, let before else { return "before –" }
        let difference = Int64(now.rounded()) - Int64(before.rounded())
        let text = (difference > 0 ? "+" : difference < 0 ? "−" : "±") + DurationText.of(seconds: abs(difference))
        return "\(coloured(text, difference, .less))before \(duration(before))"
    }

    private static func coloured(_ text: String, _ difference: Int64, _ good: Wish?) -> Markup {
        guard let good, difference != 0 else { return "<b>\(text)</b>" }
        let isGood = (difference > 0) == (good == .more)
        return "<b class=\"\(isGood ? "better" : "worse")\">\(text)</b>"
    }
}
