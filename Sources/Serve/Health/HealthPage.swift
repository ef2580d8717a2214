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
                ? "<p class=\"empty\">No PBX has a manager interface in the configuration.</p>"
                : Markup.joined(parts, "\n")
            let page = Page(title: "Health", place: .health, body: "<h1>Health</h1>\n\(body)", refresh: 60)
            return page.response(for: exchange.identity)
        }
    }

    private func section(_ history: HealthSampler.History) -> Markup {
        guard let report = history.report else {
            return """
                <section class="card"><h2>\(history.pbx)</h2>
                <p class="soft">\(history.problem ?? "It has not been checked yet; that happens once a minute.")</p></section>
                """
        }
        let rows = report.sections.map { section -> Markup in
            """
            <tr><th scope="row">\(section.name)</th><td>\(Self.state(section.state))</td><td>\(section.summary)</td>\
            <td>\(Markup.joined(section.measures.map { Self.measure($0) }, "<br>"))</td></tr>
            """
        }
        return """
            <section class="card scroll" tabindex="0"><h2>\(history.pbx) \(Self.state(report.state))</h2>
            <table>
            <caption>Checked \(Piece.age(Moment.now - report.time)) ago</caption>
            <thead><tr><th scope="col">Part</th><th scope="col">State</th><th scope="col">Finding</th>\
            <th scope="col">Figures</th></tr></thead>
            <tbody>
            \(Markup.joined(rows, "\n"))
            </tbody></table>
            <h3>Changes, latest first</h3>
            \(changes(history))
            </section>
            """
    }

    private func changes(_ history: HealthSampler.History) -> Markup {
        let items = history.changes.suffix(50).reversed().map { sample -> Markup in
            let time = CivilTime(secondsSince1970: sample.at.wholeSeconds)
            return "<li><span>\(time.description) UTC</span><span></span><span>\(Self.state(sample.state))</span></li>"
        }
        return "<ol class=\"steps changes\">\(Markup.joined(items, "\n"))</ol>"
    }

    private static func measure(_ measure: HealthReport.Measure) -> Markup {
        let subject = measure.subject.map { " of \($0)" } ?? ""
        let text = "\(measure.name)\(subject): \(HealthReport.plain(measure.value)) \(measure.unit)"
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
            "<span class=\"health \(state.rawValue)\"><span aria-hidden=\"true\">\(sign)</span> \(state.rawValue)</span>"
    }
}
