import Base
import Reporting
import Services
import Switchboard

/// Elements shared by live pages.
enum Piece {
    /// A span of time that keeps counting in the browser.
    static func age(_ time: Duration) -> Markup {
        let whole = wholeSeconds(time)
        return "<span class=\"age\" data-age=\"\(whole)\">\(duration(whole))</span>"
    }

    /// `4:05`, `1:02:03`.
    static func duration(_ seconds: Int) -> String {
        let (hours, minutes, rest) = (seconds / 3600, seconds / 60 % 60, seconds % 60)
        let tail = "\(rest < 10 ? "0" : "")\(rest)"
        return hours > 0 ? "\(hours):\(minutes < 10 ? "0" : "")\(minutes):\(tail)" : "\(minutes):\(tail)"
    }

    /// Whole seconds, limited to the range from 0 to a century.
    static func wholeSeconds(_ time: Duration) -> Int { Int(min(max(time.wholeSeconds, 0), 3_155_760_000)) }

    /// A percentage as a whole number; a dash if there is none.
    static func percent(_ value: Double?) -> String {
        value.map { "\(Int(min(max($0, 0), 100).rounded())) %" } ?? "–"
    }

    /// An agent's state: symbol, word and colour.
    static func state(_ state: AgentState) -> Markup {
        """
        <span class="agent \(state.rawValue)"><span class="sign" aria-hidden="true">\(state.sign)</span>&nbsp;\
        \(state.word)</span>
        """
    }

    /// How long ago today's figures began to be incomplete, and how much was not seen; nil if they are complete.
    static func missing(_ state: PBXState) -> (since: String, unseen: String)? {
        guard state.staleSince == nil, let first = state.missingToday.first else { return nil }
        return (span(minutes: wholeSeconds(state.at - first.from) / 60), duration(missingSeconds(state)))
    }

    /// `12 min`, `3 h 5 min`.
    static func span(minutes: Int) -> String {
        minutes < 60 ? localized("\(minutes) min") : localized("\(minutes / 60) h \(minutes % 60) min")
    }

    /// The head of a column.
    static func head(_ title: String) -> Markup { "<th scope=\"col\">\(title)</th>" }

    /// What a value is, for phones, which show a row as a card without heads: an attribute of the cell.
    static func label(_ title: String) -> Markup { "data-label=\"\(title)\"" }

    /// The head of a column of numbers.
    static func numberHead(_ title: String) -> Markup { "<th scope=\"col\" class=\"n\">\(title)</th>" }

    /// How many seconds of today were not seen.
    static func missingSeconds(_ state: PBXState) -> Int {
        state.missingToday.reduce(0) { $0 + wholeSeconds($1.to - $1.from) }
    }

    /// Today's figures are incomplete, as a line above them.
    static func incomplete(_ states: [PBXState]) -> Markup {
        Markup.joined(
            states.compactMap { state in
                missing(state).map { since, unseen in
                    let text = localized(
                        "Today's figures of \(state.name) are incomplete since \(since) ago: \(unseen) were not seen."
                    )
                    return "<p class=\"soft\">\(text)</p>"
                }
            },
            "\n"
        )
    }

    /// Problems with PBXs, at the top of a page.
    ///
    /// - Parameter withReason: whether addresses may be shown, which do not belong on a wall display.
    static func problems(_ states: [PBXState], withReason: Bool = true) -> Markup {
        let lines = states.compactMap { state -> Markup? in
            guard let since = state.staleSince else { return nil }
            let old = Markup.localized("What is shown is \(age(state.at - since)) old.")
            let reason: Markup = withReason ? state.problem.map { "<span lang=\"en\">\($0)</span>" } ?? "" : ""
            return """
                <p class="stale" role="alert"><strong>\(localized("\(state.name) is not connected."))</strong> \(old) \
                <small>\(reason)</small></p>
                """
        }
        return Markup.joined(lines, "\n")
    }

    /// One large figure with its name.
    static func tile(_ name: String, _ figure: Markup, _ note: String = "", isBad: Bool = false) -> Markup {
        let small: Markup = note.isEmpty ? "" : "<span class=\"note\">\(note)</span>"
        let kind: Markup = isBad ? " bad" : ""
        return """
            <div class="tile\(kind)"><dt>\(name)</dt><dd><span class="figure">\(figure)</span>\(small)</dd></div>
            """
    }

    /// The name of a PBX above its part of a page, if there are several.
    static func heading(_ state: PBXState, of states: [PBXState]) -> Markup {
        if state.isReplay { return "<h2 class=\"pbx\">\(localized("A recording"))</h2>\n" }
        return states.count > 1 ? "<h2 class=\"pbx\">\(state.name)</h2>\n" : ""
    }
}
