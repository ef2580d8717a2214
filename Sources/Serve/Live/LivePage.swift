import Base
import Reporting
import Services
import Switchboard

/// A page whose main part follows the PBXs.
struct LivePage: Sendable {
    /// What is shown of the PBXs to somebody.
    struct View: Sendable {
        /// What the page's title says, besides its name.
        var title: String
        var main: Markup
    }

    /// What a view is made of.
    struct Input: Sendable {
        var states: [PBXState]
        var identity: Identity
        var query: FormFields
        /// Who is owed a call; nil where that is not known.
        var owed: [CallbackList.Owed]?
        /// What the warehouse knows of callers; nil where nobody asks it.
        var book: CallerBook?
        /// The time of day, by which ``owed`` counts.
        var now = Moment.now
    }

    let place: Page.Place
    /// Whether callers' numbers and names are on it, so that it is written down who looks at it.
    var showsCallers = false
    /// What the whole page looks like.
    var style: @Sendable (FormFields) -> String = { _ in "" }
    let view: @Sendable (Input) -> View

    static let all = [
        LivePage(
            place: .wall,
            style: { $0["theme"] == "light" ? "wall light" : "wall" },
            view: { WallView($0).view }
        ),
        LivePage(place: .queues, showsCallers: true, view: { QueuesView($0).view }),
        LivePage(place: .agents, view: { AgentsView($0).view }),
        LivePage(place: .calls, showsCallers: true, view: { CallsView($0).view }),
    ]
}

extension LivePage.Input {
    /// Who is owed a call, of the queues that may be seen and are asked for; nil where that is not known, and for a recording.
    var visibleOwed: [CallbackList.Owed]? {
        guard !states.contains(where: \.isReplay) else { return nil }
        let isFiltered = identity.queues != nil || query["queues"] != nil
        let queues = Set(visibleStates.flatMap { $0.board.queues.map { $0.name.lowercased() } })
        let pbx = query["pbx"]
        return owed?.filter { owed in
            (pbx == nil || owed.pbx == pbx)
                && (!isFiltered || owed.queues.contains { queues.contains($0.lowercased()) })
        }
    }

    /// The PBXs, with the queues that may be seen and are asked for.
    var visibleStates: [PBXState] {
        let wanted = query["queues"].map { Set($0.lowercased().split(separator: ",").map { String($0) }) }
        let isOpen = identity.queues == nil
        return states.compactMap { state in
            if let name = query["pbx"], name != state.name { return nil }
            var state = state
            state.board.keep { (name: String) in
                identity.sees(queue: name) && wanted.map { $0.contains(name.lowercased()) } ?? true
            }
            // Calls that are in no queue are the business of those who may see everything.
            if !isOpen { state.calls.removeAll { $0.queue.isEmpty || !identity.sees(queue: $0.queue) } }
            state.today.removeAll { state.board[$0.queue] == nil }
            return state
        }
    }
}
