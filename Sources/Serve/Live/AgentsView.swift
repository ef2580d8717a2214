import Base
import Reporting
import Services

/// Everybody who answers calls, in any queue.
struct AgentsView {
    private let states: [PBXState]
    private let agents: [Agent]
    private let takesOrders: Bool

    init(_ input: LivePage.Input) {
        states = input.visibleStates
        takesOrders = input.identity.role >= .operator && !states.contains(where: \.isReplay)
        agents = Agent.all(states)
    }

    var view: LivePage.View {
        let free = agents.count { $0.state == .free }
        return LivePage.View(
            title: localized("\(free) free · Agents"),
            main: """
                <h1>\(localized("Agents"))</h1>
                \(Piece.problems(states))
                \(Piece.incomplete(states))
                <p class="summary">\(summary)</p>
                \(table)
                """
        )
    }

    private var summary: Markup {
        Markup.joined(
            AgentState.allCases.map { state in
                "<span><b>\(agents.count { $0.state == state })</b> \(Piece.state(state))</span>"
            },
            " "
        )
    }

    private func name(_ agent: Agent) -> Markup {
        guard takesOrders else { return "\(agent.name)" }
        let address = OrderRoutes.address(.member, pbx: agent.pbx, [("interface", agent.interface)])
        return "<a href=\"\(address)\">\(agent.name)</a>"
    }

    private var table: Markup {
        guard !agents.isEmpty else { return "<p class=\"empty\">\(localized("Nobody is logged in."))</p>" }
        let showsPBX = states.count > 1
        let (answered, missed) = (localized("Answered today"), localized("Missed"))
        let talk = localized("Talk", context: "time")
        let rows = agents.map { agent -> Markup in
            """
            <tr><th scope="row">\(name(agent))</th>\(showsPBX ? "<td>\(agent.pbx)</td>" as Markup : "")\
            <td>\(Piece.state(agent.state))</td><td class="n">\(Piece.age(agent.age))</td>\
            <td>\(agent.pausedReason)</td><td>\(agent.queues.joined(separator: ", "))</td>\
            <td class="n" data-label="\(answered)">\(agent.today?.answered ?? 0)</td>\
            <td class="n" data-label="\(missed)">\(agent.today?.missed ?? 0)</td>\
            <td class="n" data-label="\(talk)">\(Piece.duration(agent.today?.talk ?? 0))</td>\
            <td class="soft">\(agent.interface)</td></tr>
            """
        }
        return """
            <div class="card scroll" tabindex="0"><table class="list">
            <thead><tr>\(Piece.head(localized("Agent")))\(showsPBX ? Piece.head(localized("PBX")) : "")\
            \(Piece.head(localized("State")))\(Piece.numberHead(localized("For", context: "time in a state")))\
            \(Piece.head(localized("Reason")))\(Piece.head(localized("Queues")))\
            \(Piece.numberHead(answered))\(Piece.numberHead(missed))\
            \(Piece.numberHead(talk))\(Piece.head(localized("Interface")))</tr></thead>
            <tbody>
            \(Markup.joined(rows, "\n"))
            </tbody></table></div>
            """
    }
}
