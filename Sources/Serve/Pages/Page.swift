import Base
import Reporting

/// The common structure of every page.
struct Page: Sendable {
    /// The pages in the navigation.
    enum Place: String, CaseIterable, Sendable {
        case wall, queues, agents, calls, lost, history, reports, alerts, health, audit

        var path: String {
            switch self {
            case .wall: "/wall"
            case .queues: "/queues"
            case .agents: "/agents"
            case .calls: "/calls"
            case .lost: "/lost-calls"
            case .history: "/history"
            case .reports: "/reports"
            case .alerts: "/alerts"
            case .health: "/health"
            case .audit: "/audit"
            }
        }

        var title: String {
            switch self {
            case .wall: localized("Wall")
            case .queues: localized("Queues")
            case .agents: localized("Agents")
            case .calls: localized("Calls now")
            case .lost: localized("Lost calls")
            case .history: localized("Past calls")
            case .reports: localized("Reports")
            case .alerts: localized("Alerts")
            case .health: localized("Health")
            case .audit: localized("Orders")
            }
        }

        /// The lowest role that may open it.
        var role: Role {
            switch self {
            case .wall: .wall
            case .queues, .agents, .calls, .reports: .viewer
            case .lost, .history, .alerts, .health: .lead
            case .audit: .admin
            }
        }
    }

    var title: String
    var place: Place?
    var body: Markup
    /// The address of the events that keep the page's main part up to date; nil for a static page.
    var events: String?
    /// Seconds after which a browser without JavaScript reloads the page.
    var refresh: Int?
    /// The style of the whole page, if it differs from the others.
    var style = ""
    /// The outcome of the user's last action; nil if there is none.
    var notice: Notices.Notice?
    /// Whether it contains a report, which has its own style.
    var hasReport = false

    /// The page for a user.
    func response(for identity: Identity?, _ status: Status = .ok) -> Response {
        .page(html(for: identity).html, status)
    }

    func html(for identity: Identity?) -> Markup {
        let live: Markup = events.map { " data-events=\"\($0)\"" } ?? ""
        let plain: Markup =
            refresh.map { "<noscript><meta http-equiv=\"refresh\" content=\"\($0)\"></noscript>\n" } ?? ""
        return """
            <!doctype html>
            <html lang="\(Language.current.code)" class="\(style)">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <title>\(title)</title>
            <link rel="icon" href="\(Assets.icon.path)" type="image/svg+xml">
            \(hasReport ? "<link rel=\"stylesheet\" href=\"\(Assets.report.path)\">\n" : "" as Markup)\
            <link rel="stylesheet" href="\(Assets.style.path)">
            <script src="\(Assets.script.path)" defer></script>
            \(plain)</head>
            <body>
            <a class="skip" href="#main">\(localized("To the content"))</a>
            \(header(for: identity))<p class="connection" id="connection" role="status"\(LiveWords.attributes)></p>
            \(notice?.markup ?? "")<main id="main"\(live)>
            \(body)
            </main>
            </body>
            </html>

            """
    }

    private func header(for identity: Identity?) -> Markup {
        guard let identity else {
            return
                "<header class=\"bar\"><span class=\"brand\">crm-voip</span><div class=\"aside\">\(Self.language)</div></header>\n"
        }
        let items = Place.allCases.filter { identity.role >= $0.role }.map { item -> Markup in
            let current: Markup = item == place ? " aria-current=\"page\"" : ""
            return "<li><a href=\"\(item.path)\"\(current)>\(item.title)</a></li>"
        }
        return """
            <header class="bar">
            <span class="brand">crm-voip</span>
            <nav aria-label="\(localized("Pages"))"><ul>\(Markup.joined(items))</ul></nav>
            <div class="aside">\(Self.person(identity))\(Self.language)</div></header>

            """
    }

    /// The way to another language, in the language's own name.
    private static var language: Markup {
        let name = Language.current.name
        return "<a class=\"language\" href=\"\(LanguageRoutes.path)\" title=\"\(localized("Language"))\">\(name)</a>"
    }

    private static func person(_ identity: Identity) -> Markup {
        switch identity.proof {
        case .none: "<p class=\"person\"><a href=\"/login\">\(localized("Log in"))</a></p>\n"
        case .session:
            """
            <form class="person" method="post" action="/logout">\
            <span>\(identity.name) <small>\(identity.role.word)</small></span> \
            <button>\(localized("Log out"))</button></form>

            """
        case .token, .proxy: "<p class=\"person\">\(identity.name) <small>\(identity.role.word)</small></p>\n"
        }
    }
}

/// A failure as a page.
enum ErrorPage {
    static func response(_ problem: Problem) -> Response {
        let body: Markup = """
            <section class="message">
            <h1>\(problem.status.words)</h1>
            <p>\(problem.markup)</p>
            <p><a href="/">\(localized("To the start page"))</a></p>
            </section>
            """
        return Page(title: problem.status.words, body: body).response(for: nil, problem.status)
    }
}
