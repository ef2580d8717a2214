import Base
import Reporting
import Services

/// The list of lost calls as a page.
struct LostCallsView {
    let list: CallbackWorklist
    let role: Role
    let user: String
    /// The filter, which the forms preserve.
    let query: String
    /// The hidden field that every form needs.
    let token: Markup
    let dialled: (LostCaller) -> String

    var markup: Markup {
        let owed = list.callers.filter(\.isOwed)
        let settled = list.callers.filter { !$0.isOwed }
        let zone = list.zone.name
        let toCall = localized("To be called, times in \(zone)")
        let done = localized("Spoken to since, or done, times in \(zone)")
        return """
            <p class="summary">\(summary(owed))</p>
            \(owed.isEmpty ? "<p class=\"empty\">\(localized("Nobody is waiting for a call."))</p>" : table(owed, toCall))
            \(settled.isEmpty ? "" : "<h2>\(localized("Settled"))</h2>\n\(table(settled, done))" as Markup)
            """
    }

    private func summary(_ owed: [LostCaller]) -> Markup {
        let open = owed.count { $0.state == .open }
        let mine = owed.count { $0.claimedBy == user }
        let without: Markup =
            list.withoutNumber > 0
            ? " <span>\(Markup.localized("\(bold(list.withoutNumber)) lost without a number"))</span>" : ""
        return """
            <span>\(Markup.localized("\(bold(open)) open", context: "callers"))</span> \
            <span>\(Markup.localized("\(bold(owed.count - open)) taken care of"))</span> \
            <span>\(Markup.localized("\(bold(mine)) by you"))</span>\(without)
            """
    }

    private func bold(_ count: Int) -> Markup { "<b>\(count)</b>" }

    private func table(_ callers: [LostCaller], _ caption: String) -> Markup {
        let hasOwner = list.callers.contains { $0.contact?.owner != nil }
        let isOwed = callers.first?.isOwed ?? false
        let owner: Markup = hasOwner ? Piece.head(localized("Owner")) : ""
        return """
            <div class="card scroll" tabindex="0"><table class="work">
            <caption>\(caption)</caption>
            <thead><tr>\(Piece.head(localized("Caller")))\(owner)\(Piece.head(localized("Queue")))\
            \(Piece.head(localized("Lost", context: "when")))\(Piece.numberHead(localized("Times", context: "how often")))\
            \(Piece.head(localized("State")))\(isOwed ? Piece.head(localized("What to do")) : "")</tr></thead>
            <tbody>
            \(Markup.joined(callers.map { row($0, hasOwner) }, "\n"))
            </tbody></table></div>
            """
    }

    private func row(_ caller: LostCaller, _ hasOwner: Bool) -> Markup {
        let name: Markup = caller.contact.map { "<strong>\($0.name)</strong><br>" } ?? ""
        let owner: Markup =
            hasOwner ? "<td data-label=\"\(localized("Owner"))\">\(caller.contact?.owner ?? "")</td>" : ""
        let number = caller.e164 ?? caller.number
        let story: Markup =
            caller.linkedid.map { id in
                """
                <a href="/history/\(PercentCoding.encoded(id))?pbx=\(PercentCoding.encoded(caller.pbx))">\
                \(LocalTime.text(caller.lostAt, list.zone))</a>
                """
            } ?? "\(LocalTime.text(caller.lostAt, list.zone))"
        return """
            <tr><th scope="row">\(name)\
            <a href="/history?number=\(PercentCoding.encoded(number))">\(number)</a></th>\(owner)\
            <td data-label="\(localized("Queue"))">\(caller.queue ?? "–")</td><td data-label="\(localized("Lost", context: "when"))">\(story)</td>\
            <td class="n" data-label="\(localized("Times", context: "how often"))">\(caller.times)</td>\
            <td>\(state(caller))</td>\(caller.isOwed ? "<td>\(forms(caller))</td>" : "" as Markup)</tr>
            """
    }

    private func state(_ caller: LostCaller) -> Markup {
        let since = { (time: Moment?) in time.map { LocalTime.text($0, list.zone) } ?? "" }
        let tried: Markup = caller.isAttempted ? "<br><small>\(localized("called, not reached"))</small>" : ""
        switch caller.state {
        case .open:
            let word = localized("open", context: "lost call")
            return "<span class=\"work open\"><span aria-hidden=\"true\">○</span> \(word)</span>\(tried)"
        case .claimed:
            return """
                <span class="work claimed"><span aria-hidden="true">◐</span> \(caller.claimedBy ?? "")</span>\
                <br><small>\(localized("since \(since(caller.claimedAt))"))</small>\(tried)
                """
        case .done:
            let note: Markup = caller.note.map { "<br>“\($0)”" } ?? ""
            return """
                <span class="work done"><span aria-hidden="true">✓</span> \(localized("done", context: "lost call"))</span>\
                <br><small>\(caller.doneBy ?? ""), \(since(caller.doneAt))</small>\(note)
                """
        case .reached:
            return """
                <span class="work done"><span aria-hidden="true">✓</span> \(localized("spoken to", context: "lost call"))</span>\
                <br><small>\(caller.spokenBy ?? ""), \(since(caller.spokenAt))</small>
                """
        }
    }

    private func forms(_ caller: LostCaller) -> Markup {
        let isMine = caller.claimedBy == user
        var parts: [Markup] = []
        if caller.state == .open || (role >= .operator && !isMine) {
            let title = caller.state == .open ? localized("Claim", context: "lost call") : localized("Take over")
            parts.append(form(caller, .claim, "<button>\(title)</button>"))
        }
        if caller.state == .claimed, isMine || role >= .operator {
            parts.append(
                form(caller, .release, "<button class=\"quiet\">\(localized("Release", context: "lost call"))</button>")
            )
        }
        if role >= .operator {
            let fields: Markup = """
                <input type="hidden" name="order" value="\(OrderRoom.newOrder())">\
                <label>\(localized("My phone")) <input name="phone" placeholder="PJSIP/101" size="10" required autocomplete="on"></label>\
                <label>\(localized("dials", context: "number that my phone dials")) \
                <input name="number" value="\(dialled(caller))" size="14" required></label>\
                <button>\(localized("Call", context: "button"))</button>
                """
            parts.append(fold(localized("Call", context: "button"), form(caller, .call, fields)))
        }
        let done: Markup = """
            <label>\(localized("Note")) <input name="note" maxlength="500" size="24"></label>\
            <button>\(localized("Done", context: "button"))</button>
            """
        parts.append(fold(localized("Done", context: "button"), form(caller, .done, done)))
        return "<div class=\"acts\">\(Markup.joined(parts))</div>"
    }

    private func fold(_ title: String, _ form: Markup) -> Markup {
        "<details><summary>\(title)</summary>\(form)</details>"
    }

    private func form(_ caller: LostCaller, _ action: LostCallsActions.Action, _ fields: Markup) -> Markup {
        let tail = query.isEmpty ? "" : "?\(query)"
        return """
            <form method="post" action="\(LostCallsRoutes.path)/\(caller.id)/\(action.rawValue)\(tail)">\
            \(token)\(fields)</form>
            """
    }

    /// The form above the list.
    static func filter(_ fields: FormFields) -> Markup {
        let days = [
            ("0", localized("today")), ("1", localized("yesterday and today")), ("", localized("7 days")),
            ("28", localized("28 days")),
        ].map {
            value,
            text in
            "<option value=\"\(value)\"\(value == fields["days"] ?? "" ? " selected" : "" as Markup)>\(text)</option>"
                as Markup
        }
        return """
            <form class="filter" method="get" action="\(LostCallsRoutes.path)">
            <label>\(localized("Time", context: "period")) <select name="days">\(Markup.joined(days))</select></label>
            <label>\(localized("Queue")) <input name="queue" value="\(fields["queue"] ?? "")" size="10"></label>
            <label>\(localized("Owner")) <input name="owner" value="\(fields["owner"] ?? "")" size="12"></label>
            <button>\(localized("Show"))</button>
            </form>
            """
    }
}
