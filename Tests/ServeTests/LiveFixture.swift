import Base
import Services
import Switchboard
import TestSupport

@testable import Serve

/// A PBX with two queues, two callers and three agents, at second 1,000.
enum LiveFixture {
    static func state(isConnected: Bool = true) -> PBXState {
        var support = QueueFacts(name: "support")
        support.serviceLevel = 20
        var first = QueueCallerFacts(queue: "support", uniqueid: "1.1")
        (first.number, first.name, first.position, first.wait) = ("+491701234567", "Berta <b>Kunde</b>", 1, 65)
        var second = QueueCallerFacts(queue: "support", uniqueid: "1.2")
        (second.number, second.position, second.wait) = ("101", 2, 5)
        var state = PBXState(name: "main", at: 1000)
        state.board.replace(
            with: [
                .queue(support), .queue(QueueFacts(name: "sales")), .caller(first), .caller(second),
                .member(member("support", "PJSIP/101", "Anna", .notInUse)),
                .member(member("sales", "PJSIP/101", "Anna", .notInUse)),
                .member(member("support", "PJSIP/102", "Bob", .notInUse, pausedFor: "lunch")),
                .member(member("sales", "PJSIP/103", "Carol", .unavailable)),
            ],
            at: 1000
        )
        var day = QueueDay(queue: "support")
        (day.offered, day.answered, day.abandoned, day.abandonedShort) = (10, 7, 2, 1)
        (day.otherwiseLost, day.inProgress, day.answeredInTime, day.wait) = (0, 1, 6, 70)
        (day.serviceLevelPart, day.serviceLevelWhole) = (6, 8)
        state.today = [day]
        state.todaySince = 0
        if isConnected {
            (state.staleSince, state.problem) = (nil, nil)
        } else {
            (state.staleSince, state.problem) = (940, "192.0.2.1 cannot be reached.")
        }
        return state
    }

    private static func member(
        _ queue: String,
        _ interface: String,
        _ name: String,
        _ status: QueueBoard.Member.Status,
        pausedFor reason: String? = nil
    ) -> QueueMemberFacts {
        var facts = QueueMemberFacts(queue: queue, interface: interface, name: name)
        facts.status = status
        (facts.isPaused, facts.pausedReason) = (reason != nil, reason)
        return facts
    }

    static func input(
        _ role: Role,
        queues: Set<String>? = nil,
        query: String = "",
        isConnected: Bool = true
    ) -> LivePage.Input {
        LivePage.Input(
            states: [state(isConnected: isConnected)],
            identity: Identity(name: "test", role: role, proof: .session, queues: queues),
            query: FormFields(query[...])
        )
    }
}
