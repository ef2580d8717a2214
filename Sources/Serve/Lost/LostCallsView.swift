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
        return """
            <p class="summary">\(summary(owed))</p>
            \(owed.isEmpty ? "<p class=\"empty\">Nobody waits for a call.</p>" : table(owed, "To be called"))
            \(settled.isEmpty ? "" : "<h2>Settled</h2>\n\(table(settled, "Spoken to since, or done"))" as Markup)
            """
    }

    private func summary(_ owed: [LostCaller]) -> Markup {
        let open = owed.count { $0.state == .open }
        let mine = owed.count { $0.claimedBy == user }
        let without: Markup =
            list.withoutNumber > 0 ? " <span><b>\(list.withoutNumber)</b> lost without a number</span>" : ""
        return """
            <span><b>\(open)</b> open</span> <span><b>\(owed.count - open)</b> taken care of</span> \
            <span><b>\(mine)</b> by you</span>\(without)
            """
    }

    private func table(_ callers: [LostCaller], _ caption: Markup) -> Markup {
        let hasOwner = list.callers.contains { $0.contact?.owner != nil }
        let isOwed = callers.first?.isOwed ?? false
        let owner: Markup = hasOwner ? "<th scope=\"col\">Owner</th>" : ""
        return """
            <div class="card scroll" tabindex="0"><table class="work">
            <caption>\(caption), times in \(list.zone.name)</caption>
            <thead><tr><th scope="col">Caller</th>\(owner)<th scope="col">Queue</th><th scope="col">Lost</th>\
            <th scope="col" class="n">Times</th><th scope="col">State</th>\(isOwed ? "<th scope=\"col\">What to do</th>" : "" as Markup)</tr></thead>
            <tbody>
            \(Markup.joined(callers.map { row($0, hasOwner) }, "\n"))
            </tbody></table></div>
            """
    }

    private func row(_ caller: LostCaller, _ hasOwner: Bool) -> Markup {
        let name: Markup = caller.contact.map { "<strong>\($0.name)</strong><br>" } ?? ""
        let owner: Markup = hasOwner ? "<td data-label=\"Owner\">\(caller.contact?.owner ?? "")</td>" : ""
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
            <td data-label="Queue">\(caller.queue ?? "–")</td><td data-label="Lost">\(story)</td>\
            <td class="n" data-label="Times">\(caller.times)</td>\
            <td>\(state(caller))</td>\(caller.isOwed ? "<td>\(forms(caller))</td>" : "" as Markup)</tr>
            """
    }

    private func state(_ caller: LostCaller) -> Markup {
        let since = { (time: Moment?) in time.map { LocalTime.text($0, list.zone) } ?? "" }
        let tried: Markup = caller.isAttempted ? "<br><small>called, not reached</small>" : ""
        switch caller.state {
        case .open: return "<span class=\"work open\"><span aria-hidden=\"true\">○</span> open</span>\(tried)"
        case .claimed:
            return """
                <span class="work claimed"><span aria-hidden="true">◐</span> \(caller.claimedBy ?? "")</span>\
                <br><small>since \(since(caller.claimedAt))</small>\(tried)
                """
        case .done:
            let note: Markup = caller.note.map { "<br>“\($0)”" } ?? ""
            return """
                <span class="work done"><span aria-hidden="true">✓</span> done</span>\
                <br><small>\(caller.doneBy ?? ""), \(since(caller.doneAt))</small>\(note)
                """
        case .reached:
            return """
                <span class="work done"><span aria-hidden="true">✓</span> spoken to</span>\
                <br><small>\(caller.spokenBy ?? ""), \(since(caller.spokenAt))</small>
                """
        }
    }

    private func forms(_ caller: LostCaller) -> Markup {
        let isMine = caller.claimedBy == user
        var parts: [Markup] = []
        if caller.state == .open || (role >= .operator && !isMine) {
            parts.append(form(caller, .claim, "<button>\(caller.state == .open ? "Claim" : "Take over")</button>"))
        }
        if caller.state == .claimed, isMine || role >= .operator {
            parts.append(form(caller, .release, "<button class=\"quiet\">Release</button>"))
        }
        if role >= .operator {
            let fields: Markup = """
                <input type="hidden" name="order" value="\(OrderRoom.newOrder())">\
                <label>My phone <input name="phone" placeholder="PJSIP/101" size="10" required autocomplete="on"></label>\
                <label>dials <input name="number" value="\(dialled(caller))" size="14" required></label><button>Call</button>
                """
            parts.append(fold("Call", form(caller, .call, fields)))
        }
        let done: Markup = """
            <label>Note <input name="note" maxlength="500" size="24"></label><button>Done</button>
            """
        parts.append(fold("Done", form(caller, .done, done)))
        return "<div class=\"acts\">\(Markup.joined(parts))</div>"
    }

    private func fold(_ title: Markup, _ form: Markup) -> Markup {
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
        let days = [("0", "today"), ("1", "yesterday and today"), ("", "7 days"), ("28", "28 days")].map {
            value,
            text in
            "<option value=\"\(value)\"\(value == fields["days"] ?? "" ? " selected" : "" as Markup)>\(text)</option>"
                as Markup
        }
        return """
            <form class="filter" method="get" action="\(LostCallsRoutes.path)">
            <label>Time <select name="days">\(Markup.joined(days))</select></label>
            <label>Queue <input name="queue" value="\(fields["queue"] ?? "")" size="10"></label>
            <label>Owner <input name="owner" value="\(fields["owner"] ?? "")" size="12"></label>
            <button>Show</button>
            </form>
            """
    }
}
