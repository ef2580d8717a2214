import Base

/// The key figures of a page, with the change since the previous period and the last eight periods.
struct Tiles {
    /// One figure.
    struct Tile {
        let name: String
        let figure: Markup
        /// The figure of the previous period, or what it is a part of.
        let before: Markup
        let trend: Markup
    }

    /// In the order in which they are shown.
    let tiles: [Tile]

    /// The tiles of a page.
    var markup: Markup {
        let parts = tiles.map { tile -> Markup in
            """
            <div class="tile"><div class="name">\(tile.name)</div><div class="figure">\(tile.figure)</div>\
            <div class="before">\(tile.before)</div><div class="trend">\(tile.trend)</div></div>

            """
        }
        guard !parts.isEmpty else { return "" }
        return """
            <h2 class="hidden">\(localized("Key figures"))</h2>
            <div class="tiles">
            \(Markup.joined(parts))</div>

            """
    }

    init(_ book: ReportBook, _ links: FigureLinks = .none) {
        tiles = KeyFigures(book, links).figures.map { figure in
            Tile(
                name: figure.name,
                figure: FigureLinks.linked(Self.figure(figure.amount), figure.address),
                before: Self.before(figure),
                trend: Self.trend(figure, book.window)
            )
        }
    }

    private static func figure(_ amount: KeyFigure.Amount) -> Markup {
        guard case .share = amount else { return "\(text(amount))" }
        return amount.value.map { "\(Words.oneDecimal($0)) <small>%</small>" } ?? "–"
    }

    /// A figure in words: `1 977`, `89.1 %`, `0:14`.
    static func text(_ amount: KeyFigure.Amount) -> String {
        switch amount {
        case .count(let count): Words.grouped(count)
        case .share: amount.value.map { "\(Words.oneDecimal($0)) %" } ?? "–"
        case .seconds(let seconds): seconds.map { DurationText.of(seconds: Int64($0.rounded())) } ?? "–"
        }
    }

    private static func before(_ figure: KeyFigure) -> Markup {
        guard let before = figure.before else { return "\(figure.remark)" }
        let then = localized("before \(text(before))")
        guard let change = change(figure.amount, before) else { return "\(then)" }
        switch figure.verdict {
        case .better:
            return "<b class=\"better\">\(change) <span class=\"hidden\">\(localized("better"))</span></b>\(then)"
        case .worse:
            return "<b class=\"worse\">\(change) <span class=\"hidden\">\(localized("worse"))</span></b>\(then)"
        case nil: return "<b>\(change)</b>\(then)"
        }
    }

    /// The change since the previous period: in percent, in points of a percentage, or as a time.
    static func change(_ amount: KeyFigure.Amount, _ before: KeyFigure.Amount) -> String? {
        guard let now = amount.value, let then = before.value else { return nil }
        switch amount {
        case .count: return then > 0 ? "\(Words.signed(100 * (now - then) / then)) %" : nil
        case .share: return localized("\(Words.signed(now - then)) pts")
        case .seconds:
            let difference = Int64(now.rounded()) - Int64(then.rounded())
            return (difference > 0 ? "+" : difference < 0 ? "−" : "±") + DurationText.of(seconds: abs(difference))
        }
    }

    private static func trend(_ figure: KeyFigure, _ window: ResolvedWindow) -> Markup {
        guard !figure.trend.isEmpty else { return "" }
        let figures = figure.trend.map { $0.map(text) ?? "–" }.joined(separator: "; ")
        let label =
            if window.months == 1 {
                localized("The last eight months: \(figures)")
            } else if window.days == 7 {
                localized("The last eight weeks: \(figures)")
            } else if window.days == 1 {
                localized("The last eight days: \(figures)")
            } else {
                localized("The last eight periods: \(figures)")
            }
        return Sparkline(figure.trend.map { $0?.value }, label: label).markup
    }
}
