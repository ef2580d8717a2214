import Base
import Reporting
import Services
import Switchboard

/// The current health of every PBX, and its history over the past week.
struct HealthPage: Sendable {
    let sampler: HealthSampler

    func add(to router: inout Router) {
        router.on(.get, "/health", for: .role(.lead), "The health of every PBX.") { exchange in
            let parts = sampler.current.map { section($0) }
            let body: Markup =
                parts.isEmpty
                ? "<p class=\"empty\">\(localized("No PBX has a manager interface in the configuration."))</p>"
                : Markup.joined(parts, "\n")
            let page = Page(
                title: localized("Health"),
                place: .health,
                body: "<h1>\(localized("Health"))</h1>\n\(body)",
                refresh: 60
            )
            return page.response(for: exchange.identity)
        }
    }

    private func section(_ history: HealthSampler.History) -> Markup {
        guard let report = history.report else {
            let unchecked = localized("It has not been checked yet; that happens once a minute.")
            return """
                <section class="card"><h2>\(history.pbx)</h2>
                <p class="soft">\(history.problem ?? unchecked)</p></section>
                """
        }
        let rows = report.sections.map { section -> Markup in
            """
            <tr><th scope="row">\(HealthWords.part(section.name))</th><td>\(Self.state(section.state))</td>\
            <td>\(HealthWords.finding(section))</td>\
            <td>\(Markup.joined(section.measures.map { Self.measure($0) }, "<br>"))</td></tr>
            """
        }
        return """
            <section class="card scroll" tabindex="0"><h2>\(history.pbx) \(Self.state(report.state))</h2>
            <table class="list">
            <caption>\(Markup.localized("Checked \(Piece.age(Moment.now - report.time)) ago"))</caption>
            <thead><tr>\(Piece.head(localized("Part")))\(Piece.head(localized("State")))\(Piece.head(localized("Finding")))\
            \(Piece.head(localized("Figures")))</tr></thead>
            <tbody>
            \(Markup.joined(rows, "\n"))
            </tbody></table>
            <h3>\(localized("Changes, latest first"))</h3>
            \(changes(history))
            </section>
            """
    }

    private func changes(_ history: HealthSampler.History) -> Markup {
        let items = history.changes.suffix(50).reversed().map { sample -> Markup in
            let time = LocalTime.utc(sample.at)
            return "<li><span>\(time) UTC</span><span></span><span>\(Self.state(sample.state))</span></li>"
        }
        return "<ol class=\"steps changes\">\(Markup.joined(items, "\n"))</ol>"
    }

    private static func measure(_ measure: HealthReport.Measure) -> Markup {
        let text = HealthWords.text(measure)
        return measure.state == .ok ? "\(text)" : "<b>\(text)</b> \(state(measure.state))"
    }

    /// Symbol, word and colour.
    static func state(_ state: HealthReport.State) -> Markup {
        let sign =
            switch state {
            case .ok: "✓"
            case .warning: "▲"
            case .critical: "✕"
            case .unknown: "?"
            case .skipped: "–"
            }
        return
            "<span class=\"health \(state.rawValue)\"><span aria-hidden=\"true\">\(sign)</span> \(state.word)</span>"
    }
}
