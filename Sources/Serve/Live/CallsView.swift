import Base
import Reporting
import Services
import Switchboard

/// The active calls.
struct CallsView {
    /// A page is for reading: nobody looks through more than this.
    private static let most = 300

    private let states: [PBXState]
    private let role: Role
    private let input: LivePage.Input

    init(_ input: LivePage.Input) {
        self.input = input
        states = input.visibleStates
        role = input.identity.role
    }

    var view: LivePage.View {
        let count = states.reduce(0) { $0 + $1.calls.count }
        let parts = states.map { state -> Markup in "\(Piece.heading(state, of: states))\(table(state))" }
        return LivePage.View(
            title: localized(count, one: "\(count) call · Calls now", other: "\(count) calls · Calls now"),
            main: "<h1>\(localized("Calls now"))</h1>\n\(Piece.problems(states))\n\(Markup.joined(parts, "\n"))"
        )
    }

    private func table(_ state: PBXState) -> Markup {
        guard !state.calls.isEmpty else { return "<p class=\"empty\">\(localized("There are no calls."))</p>" }
        let rows = state.calls.prefix(Self.most).map { row($0, state) }
        let more: Markup =
            state.calls.count > Self.most
            ? "<p>\(localized("The \(Self.most) longest of \(state.calls.count)."))</p>" : ""
        return """
            <div class="card scroll" tabindex="0"><table class="list">
            <thead><tr>\(Piece.numberHead(localized("For", context: "time in a state")))\
            \(Piece.head(localized("Stage")))\(Piece.head(localized("Number")))\
            \(Piece.head(localized("Caller")))\(Piece.head(localized("Dialled")))\
            \(Piece.head(localized("Queue")))\(Piece.head(localized("Agent")))</tr></thead>
            <tbody>
            \(Markup.joined(rows, "\n"))
            </tbody></table></div>
            \(more)
            """
    }

    private func hear(_ call: ActiveCalls.Call, _ state: PBXState) -> Markup {
        guard role >= QueueOrder.hear.role, !state.isReplay else { return "" }
        let address = OrderRoutes.address(.call, pbx: state.name, [("call", call.id)])
        return " <a class=\"change\" href=\"\(address)\">\(localized("Hear"))</a>"
    }

    private func row(_ call: ActiveCalls.Call, _ state: PBXState) -> Markup {
        """
        <tr><td class="n">\(Piece.age(state.at - call.startedAt))</td>\
        <td><span class="stage \(call.stage.rawValue)">\(call.stage.word)</span></td>\
        <td>\(CallerText.number(call.callerNumber, for: role))</td>\
        <td>\(CallerCell(call.callerNumber, call.callerName, pbx: state.name, input).markup)</td>\
        <td data-label="\(localized("Dialled"))">\(CallerText.number(call.dialled, for: role))</td>\
        <td data-label="\(localized("Queue"))">\(call.queue)</td>\
        <td data-label="\(localized("Agent"))">\(call.agent)\(hear(call, state))</td></tr>
        """
    }
}
