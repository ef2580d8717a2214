import Alerts
import Base
import Reporting
import Services

/// The alerts that are not over.
struct AlertsPage: Sendable {
    let alerts: AlertService
    /// The rules for staffing; nil shows none.
    var staffing: StaffingService?

    func add(to router: inout Router) {
        router.on(.get, "/alerts", for: .role(.lead), "The alerts that are not over.") { exchange in
            let shown = Self.visible(alerts.current, to: exchange.identity)
            let page = Page(
                title: localized("Alerts"),
                place: .alerts,
                body: body(shown, exchange.identity),
                refresh: 15
            )
            return page.response(for: exchange.identity)
        }
    }

    var operation: APIOperation {
        APIOperation(
            id: "alerts",
            path: "/alerts",
            role: .lead,
            summary: "The alerts that are not over, as `alerts list --json` prints them.",
            schema: "Alerts"
        ) { exchange in
            let shown = Self.visible(alerts.current, to: exchange.identity)
            return .json([
                "schema_version": 1, "time": .string(Moment.now.iso8601), "alerts": .array(shown.map(\.json)),
            ])
        }
    }

    /// Users who may see only some queues see only the alerts about these.
    static func visible(_ alerts: [ListedAlert], to identity: Identity?) -> [ListedAlert] {
        guard let queues = identity?.queues else { return alerts }
        return alerts.filter { alert in alert.queue.map { queues.contains($0.lowercased()) } ?? false }
    }

    private func body(_ shown: [ListedAlert], _ identity: Identity?) -> Markup {
        let rules = StaffingView.visible(staffing?.current ?? [], to: identity)
        let maySilence = (identity?.role ?? .wall) >= .operator
        let way: Markup =
            maySilence
            ? """
            <p class="pages"><a class="button" href="\(SilenceRoutes.path)">\(localized("Silences"))</a></p>
            """ : ""
        return """
            <h1>\(localized("Alerts"))</h1>
            \(list(shown, maySilence))
            \(way)
            \(StaffingView(rules: rules).markup)
            \(ReceiversView(receivers: alerts.receivers).markup)
            """
    }

    private func list(_ shown: [ListedAlert], _ maySilence: Bool) -> Markup {
        if alerts.rules.isEmpty {
            let command: Markup = "<code>crm-voip alerts init</code>"
            let text = Markup.localized(
                "The configuration has no rules for alerts. \(command) prints some to begin with."
            )
            return "<p class=\"empty\">\(text)</p>"
        }
        if alerts.isReplay {
            let text = localized("This is a replay: the rules are not applied to it, and nobody is told.")
            return "<p class=\"empty\">\(text)</p>"
        }
        if shown.isEmpty {
            let count = alerts.rules.count
            let text = localized(
                count,
                one: "No alerts. \(count) rule is in force.",
                other: "No alerts. \(count) rules are in force."
            )
            return "<p class=\"empty\">\(text)</p>"
        }
        return """
            <section class="card scroll" tabindex="0"><table class="list">
            <thead><tr>\(Piece.head(localized("State")))\(Piece.head(localized("Rule")))\(Piece.head(localized("Finding")))\
            \(Piece.head(localized("For", context: "time in a state")))</tr></thead>
            <tbody>
            \(Markup.joined(shown.map { row($0, maySilence) }, "\n"))
            </tbody></table></section>
            """
    }

    private func row(_ alert: ListedAlert, _ maySilence: Bool) -> Markup {
        let shown = alert.text(in: Language.current)
        let details = (shown.causes + shown.callers).map { text -> Markup in "<br><small>\(text)</small>" }
        let way: Markup =
            maySilence
            ? "<br><a href=\"\(SilenceRoutes.address(alert))\">\(localized("Silence", context: "button"))</a>" : ""
        return """
            <tr><td>\(Self.state(alert))\(way)</td><th scope="row">\(alert.ruleName)</th>\
            <td><a href="\(alert.path)">\(shown.summary)</a>\(Markup.joined(details, ""))</td>\
            <td>\(Piece.age(Moment.now - alert.since))</td></tr>
            """
    }

    /// Symbol, words and colour.
    private static func state(_ alert: ListedAlert) -> Markup {
        let isLoud = alert.phase == .firing || alert.phase == .recovering
        let (sign, style) =
            switch alert.severityName {
            case _ where !isLoud: ("–", "skipped")
            case "critical": ("✕", "critical")
            case "warning": ("▲", "warning")
            default: ("✓", "ok")
            }
        return """
            <span class="health \(style)"><span aria-hidden="true">\(sign)</span> \(alert.phase.word), \
            \(AlertWords.severity(alert.severityName))</span>
            """
    }
}
