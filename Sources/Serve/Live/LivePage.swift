import Base
import Reporting
import Services
import Switchboard

/// A page whose main part is kept up to date with the PBXs.
struct LivePage: Sendable {
    /// The view of the PBXs for a user.
    struct View: Sendable {
        /// The page's title, in addition to its name.
        var title: String
        var main: Markup
    }

    /// The input for a view.
    struct Input: Sendable {
        var states: [PBXState]
        var identity: Identity
        var query: FormFields
        /// Who is owed a call; nil if unknown.
        var owed: [CallbackList.Owed]?
        /// What the warehouse knows about callers; nil if it is not used.
        var book: CallerBook?
        /// The current time, for ``owed``.
        var now = Moment.now
    }

    let place: Page.Place
    /// Whether it shows callers' numbers and names, so that looking at it is logged.
    var showsCallers = false
    /// The style of the whole page.
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
    /// Who is owed a call, in the requested queues that the user may see; nil if unknown, and for a recording.
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

    /// The PBXs, with the requested queues that the user may see.
    var visibleStates: [PBXState] {
        let wanted = query["queues"].map { Set($0.lowercased().split(separator: ",").map { String($0) }) }
        let isOpen = identity.queues == nil
        return states.compactMap { state in
            if let name = query["pbx"], name != state.name { return nil }
            var state = state
            state.board.keep { (name: String) in
                identity.sees(queue: name) && wanted.map { $0.contains(name.lowercased()) } ?? true
            }
            // Calls outside queues are shown only to users who may see everything.
            if !isOpen { state.calls.removeAll { $0.queue.isEmpty || !identity.sees(queue: $0.queue) } }
            state.today.removeAll { state.board[$0.queue] == nil }
            return state
        }
    }
}
