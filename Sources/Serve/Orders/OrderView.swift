import Base
import AMIClient
import Reporting
import Services
import Switchboard

/// The forms for requests.
struct OrderView {
    let states: [PBXState]
    let identity: Identity
    /// The hidden field that every form needs.
    let token: Markup
    /// This page, to which the response returns.
    let back: String

    /// The forms for a queue member.
    func member(_ interface: String) -> Markup {
        let found = states.flatMap { state in
            state.board.queues.flatMap { queue in
                queue.members.filter { $0.interface == interface }.map { (state, queue.name, $0) }
            }
        }
        guard let first = found.first else { return Self.gone(localized("\(interface) is not in any queue now.")) }
        let rows = found.map { state, queue, member -> Markup in
            """
            <tr><th scope="row">\(queue)</th><td>\(Piece.state(AgentState(member))) \(member.pausedReason)</td>\
            <td class="n" \(Piece.label(localized("Penalty")))>\(member.penalty)</td><td><div class="acts">\
            \(order(.penalty, state, [("queue", queue), ("interface", interface)], """
                <label>\(localized("Penalty")) <input name="penalty" type="number" min="0" max="2147483647" \
                value="\(member.penalty)" required></label><button>\(localized("Set", context: "button"))</button>
                """ as Markup))\
            \(order(.remove, state, [("queue", queue), ("interface", interface)], "<button>\(localized("Remove from \(queue)"))</button>"))\
            </div></td></tr>
            """
        }
        let pause: Markup = """
            \(queues(found.map { $0.1 }))<label>\(localized("Reason")) <input name="reason" maxlength="80" size="20"></label>\
            <button>\(localized("Pause", context: "button"))</button>
            """
        let fields = [("interface", interface)]
        return """
            <h1>\(first.2.name) <small>\(interface)</small></h1>
            <div class="cards"><section class="card"><h3>\(localized("Pause"))</h3><div class="acts">\
            \(order(.pause, first.0, fields, pause))</div></section>
            <section class="card"><h3>\(localized("End of the pause"))</h3><div class="acts">\
            \(order(.unpause, first.0, fields, "\(queues(found.map { $0.1 }))<button>\(localized("Take calls again"))</button>"))\
            </div></section></div>
            <section class="card wide scroll" tabindex="0"><h3>\(localized("Queues"))</h3><table class="list">
            <thead><tr>\(Piece.head(localized("Queue")))\(Piece.head(localized("State")))\
            \(Piece.numberHead(localized("Penalty")))\(Piece.head(localized("What to do")))</tr></thead>
            <tbody>\(Markup.joined(rows, "\n"))</tbody></table></section>
            \(Self.way("/agents", localized("Agents")))
            """
    }

    /// The forms for a queue: a new member, and the waiting callers.
    func queue(_ name: String) -> Markup {
        guard let (state, queue) = states.lazy.compactMap({ state in state.board[name].map { (state, $0) } }).first
        else {
            return Self.gone(localized("No queue is called \(name)."))
        }
        let add: Markup = """
            <label>\(localized("Interface")) <input name="interface" placeholder="PJSIP/101" size="14" required></label>\
            <label>\(localized("Name")) <input name="name" size="14" maxlength="80"></label>\
            <label>\(localized("Penalty")) <input name="penalty" type="number" min="0" max="2147483647" value="0"></label>\
            <button>\(localized("Add"))</button>
            """
        let rows = queue.callers.map { caller -> Markup in
            let fields = [("queue", queue.name), ("channel", caller.uniqueid)]
            return """
                <tr><th scope="row">\(caller.position)</th><td>\(CallerText.number(caller.number, for: identity.role))</td>\
                <td class="n">\(Piece.duration(Piece.wholeSeconds(state.at - caller.since)))</td><td><div class="acts">\
                \(order(.move, state, fields, """
                    <label>\(localized("Move to")) <input name="exten" size="8" required></label>\
                    <label>\(localized("in context")) <input name="context" size="12"></label>\
                    <button>\(localized("Move"))</button>
                    """ as Markup))\
                \(order(.withdraw, state, fields, "<button>\(localized("Take out of the queue"))</button>"))</div></td></tr>
                """
        }
        return """
            <h1>\(localized("Queue \(queue.name)"))</h1>
            <section class="card"><h3>\(localized("A new member"))</h3><div class="acts">\
            \(order(.add, state, [("queue", queue.name)], add))</div></section>
            <section class="card wide scroll" tabindex="0"><h3>\(localized("Waiting, when this page was loaded"))</h3>
            \(rows.isEmpty ? "<p class=\"empty\">\(localized("Nobody is waiting."))</p>" : """
                <table class="list"><thead><tr>\(Piece.head("#"))\(Piece.head(localized("Caller")))\
                \(Piece.numberHead(localized("Waits", context: "time")))\(Piece.head(localized("What to do")))</tr></thead><tbody>\(Markup.joined(rows, "\n"))</tbody></table>
                """ as Markup)</section>
            \(Self.way("/queues", localized("Queues")))
            """
    }

    /// The parties of a call to whom the user may listen.
    func call(_ id: String) -> Markup {
        let found = states.lazy.compactMap { state in state.calls.first { $0.id == id }.map { (state, $0) } }.first
        guard let (state, call) = found else { return Self.gone(localized("The call is over.")) }
        guard identity.role >= QueueOrder.hear.role else {
            return Self.gone(localized("Hearing a call needs the role \(QueueOrder.hear.role.word)."))
        }
        let modes = CallControl.SpyMode.allCases.map {
            "<option value=\"\($0.rawValue)\">\($0.word)</option>" as Markup
        }
        let rows = call.channels.map { channel -> Markup in
            let fields: Markup = """
                <label>\(localized("My phone")) <input name="supervisor" placeholder="PJSIP/200" size="12" required></label>\
                <label>\(localized("How")) <select name="mode">\(Markup.joined(modes))</select></label>\
                <button>\(localized("Hear"))</button>
                """
            return """
                <tr><th scope="row">\(channel.name)</th><td><div class="acts">\
                \(order(.hear, state, [("queue", call.queue), ("channel", channel.name)], fields))</div></td></tr>
                """
        }
        return """
            <h1>\(localized("Hear a call"))</h1>
            <p class="soft">\(localized("The key spy of the dial guard has to name who may hear whom."))</p>
            <section class="card scroll" tabindex="0"><table class="list">\
            <thead><tr>\(Piece.head(localized("Channel")))\(Piece.head(localized("What to do")))</tr></thead>
            <tbody>\(Markup.joined(rows, "\n"))</tbody></table></section>
            \(Self.way("/calls", localized("Calls now")))
            """
    }

    private func order(_ order: QueueOrder, _ state: PBXState, _ fields: [(String, String)], _ inputs: Markup) -> Markup
    {
        let hidden = ([("pbx", state.name), ("back", back)] + fields).map { name, value in
            "<input type=\"hidden\" name=\"\(name)\" value=\"\(value)\">" as Markup
        }
        return """
            <form method="post" action="/orders/\(order.rawValue)">\(token)\(Markup.joined(hidden))\(inputs)</form>
            """
    }

    /// The choice of a queue; users with some queues make requests for one queue at a time.
    private func queues(_ names: [String]) -> Markup {
        let all: Markup = identity.queues == nil ? "<option value=\"\">\(localized("all queues"))</option>" : ""
        let options = names.map { "<option>\($0)</option>" as Markup }
        return
            "<label>\(localized("In", context: "queue")) <select name=\"queue\">\(all)\(Markup.joined(options))</select></label>"
    }

    private static func gone(_ text: String) -> Markup {
        "<h1>\(localized("Orders"))</h1><p class=\"empty\">\(text)</p>\(way("/queues", localized("Queues")))"
    }

    private static func way(_ path: Markup, _ title: String) -> Markup {
        "<p class=\"pages\"><a class=\"button\" href=\"\(path)\">\(title)</a></p>"
    }
}
