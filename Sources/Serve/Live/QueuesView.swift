import Base
import Reporting
import Services
import Switchboard

/// Every queue with its callers and members.
struct QueuesView {
    private let states: [PBXState]
    private let role: Role
    private let input: LivePage.Input

    init(_ input: LivePage.Input) {
        self.input = input
        states = input.visibleStates
        role = input.identity.role
    }

    /// Whether requests can be made, which is impossible for a recording.
    private func takesOrders(_ state: PBXState) -> Bool { role >= .operator && !state.isReplay }

    var view: LivePage.View {
        let waiting = states.reduce(0) { $0 + $1.board.queues.reduce(0) { $0 + $1.callers.count } }
        let parts = states.map { state -> Markup in
            """
            \(Piece.heading(state, of: states))\(comparison(state))
            <div class="cards">
            \(Markup.joined(state.board.queues.map { card($0, state) }, "\n"))
            </div>
            """
        }
        return LivePage.View(
            title: localized("\(waiting) waiting · Queues"),
            main:
                "<h1>\(localized("Queues"))</h1>\n\(Piece.problems(states))\n\(Piece.incomplete(states))\n\(Markup.joined(parts, "\n"))"
        )
    }

    private func comparison(_ state: PBXState) -> Markup {
        guard !state.board.queues.isEmpty else {
            return "<p class=\"empty\">\(localized("There are no queues to show."))</p>"
        }
        let rows = state.board.queues.map { queue -> Markup in
            let day = state.day(of: queue.name)
            let agents = queue.members.map { AgentState($0) }
            return """
                <tr><th scope="row"><a href="#\(Self.id(state, queue))">\(queue.name)</a></th>\
                <td class="n">\(queue.callers.count)</td>\
                <td class="n">\(queue.callers.isEmpty ? "–" : Piece.age(queue.longestWait(at: state.at)))</td>\
                <td class="n">\(agents.count { $0 == .free })</td>\
                <td class="n">\(agents.count { $0 == .talking || $0 == .busy || $0 == .ringing })</td>\
                <td class="n">\(agents.count { $0 == .paused })</td>\
                <td class="n">\(day.offered)</td><td class="n">\(day.answered)</td><td class="n">\(day.lost)</td>\
                <td class="n">\(Piece.percent(day.serviceLevelPercent))</td>\
                <td class="n">\(day.averageWait.map { Piece.duration(Piece.wholeSeconds($0)) } ?? "–")</td></tr>
                """
        }
        let names = [
            localized("Waiting", context: "number of callers"), localized("Longest", context: "wait"),
            localized("Free", context: "number of agents"), localized("Talking", context: "number of agents"),
            localized("Paused", context: "number of agents"), localized("Offered"), localized("Answered"),
            localized("Lost"), localized("Service level"), localized("Avg wait"),
        ]
        let heads = names.map(Piece.numberHead)
        return """
            <div class="scroll" tabindex="0"><table>
            <caption>\(localized("Now, and today"))</caption>
            <thead><tr>\(Piece.head(localized("Queue")))\(Markup.joined(heads))</tr></thead>
            <tbody>
            \(Markup.joined(rows, "\n"))
            </tbody></table></div>
            """
    }

    private func card(_ queue: QueueBoard.Queue, _ state: PBXState) -> Markup {
        """
        <section class="card" id="\(Self.id(state, queue))">
        <h3>\(queue.name) <small>\(queue.strategy)</small>\(change(queue, state))</h3>
        \(callers(queue, state))
        \(members(queue, state))
        </section>
        """
    }

    private func change(_ queue: QueueBoard.Queue, _ state: PBXState) -> Markup {
        guard takesOrders(state) else { return "" }
        let address = OrderRoutes.address(.queue, pbx: state.name, [("queue", queue.name)])
        return " <a class=\"change\" href=\"\(address)\">\(localized("Change"))</a>"
    }

    private func callers(_ queue: QueueBoard.Queue, _ state: PBXState) -> Markup {
        guard !queue.callers.isEmpty else { return "<p class=\"empty\">\(localized("Nobody is waiting."))</p>" }
        let limit = Duration.seconds(queue.serviceLevel > 0 ? queue.serviceLevel : 20)
        let rows = queue.callers.map { caller -> Markup in
            let wait = max(.zero, state.at - caller.since)
            let kind: Markup = wait > limit ? " class=\"late\"" : ""
            let sign: Markup =
                wait > limit
                ? " <span class=\"sign\" aria-label=\"\(localized("late", context: "caller"))\">▲</span>" : ""
            return """
                <tr\(kind)><td class="n">\(caller.position)</td>\
                <td>\(CallerText.number(caller.number, for: role))</td>\
                <td>\(CallerCell(caller.number, caller.name, pbx: state.name, input).markup)</td>\
                <td class="n">\(Piece.age(wait))\(sign)</td></tr>
                """
        }
        return """
            <table>
            <thead><tr>\(Piece.numberHead("#"))\(Piece.head(localized("Number")))\(Piece.head(localized("Caller")))\
            \(Piece.numberHead(localized("Waits", context: "time")))</tr></thead>
            <tbody>
            \(Markup.joined(rows, "\n"))
            </tbody></table>
            """
    }

    private func members(_ queue: QueueBoard.Queue, _ state: PBXState) -> Markup {
        guard !queue.members.isEmpty else { return "<p class=\"empty\">\(localized("Nobody is logged in."))</p>" }
        let rows = queue.members.sorted { $0.name < $1.name }.map { member -> Markup in
            """
            <tr><th scope="row">\(name(member, state))</th><td>\(Piece.state(AgentState(member)))\
            \(member.pausedReason.isEmpty ? "" : " <small>\(member.pausedReason)</small>" as Markup)</td>\
            <td class="n">\(Piece.age(state.at - member.since))</td><td class="n">\(member.callsTaken)</td></tr>
            """
        }
        return """
            <table>
            <thead><tr>\(Piece.head(localized("Agent")))\(Piece.head(localized("State")))\
            \(Piece.numberHead(localized("For", context: "time in a state")))\
            \(Piece.numberHead(localized("Calls")))</tr></thead>
            <tbody>
            \(Markup.joined(rows, "\n"))
            </tbody></table>
            """
    }

    private func name(_ member: QueueBoard.Member, _ state: PBXState) -> Markup {
        guard takesOrders(state) else { return "\(member.name)" }
        let address = OrderRoutes.address(.member, pbx: state.name, [("interface", member.interface)])
        return "<a href=\"\(address)\">\(member.name)</a>"
    }

    private static func id(_ state: PBXState, _ queue: QueueBoard.Queue) -> String {
        "q-" + ContentHash.text(of: "\(state.name)/\(queue.name)".utf8)
    }
}
