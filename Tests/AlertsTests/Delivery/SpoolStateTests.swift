@testable import Alerts
import Base
import TestSupport
import Testing

@Suite struct SpoolStateTests {
    private func state(_ records: [SpoolRecord]) -> SpoolState {
        var state = SpoolState()
        for record in records { state.apply(record) }
        return state
    }

    @Test func `messages leave in the order in which they came`() {
        var state = state([.queued(message: message("a", group: "1")), .queued(message: message("b", group: "2"))])
        #expect(state.next(for: "hook")?.ids == ["a"])
        state.apply(.delivered(receiver: "hook", ids: ["a"], at: ten))
        #expect(state.next(for: "hook")?.ids == ["b"])
        state.apply(.failed(receiver: "hook", ids: ["b"], at: ten + 1, reason: "no"))
        #expect(state.next(for: "hook") == nil)
        #expect(state.figures["hook"]?.delivered == 1)
        #expect(state.figures["hook"]?.failed == 1)
        #expect(state.figures["hook"]?.lastReason == "no")
    }

    @Test func `figures at the end of their range stay there`() throws {
        // Only a damaged file has such figures.
        let line = """
            {"counted":{"figures":{"delivered":\(Int.max),"expired":\(Int.max),"failed":\(Int.max)},"receiver":"hook"}}
            """
        let counted = try #require(SpoolRecord(line: line.utf8))
        let ids = ["a", "b", "c"]
        let state = state(
            [counted] + ids.map { .queued(message: message($0, group: $0)) } + [
                .delivered(receiver: "hook", ids: ["a"], at: ten),
                .failed(receiver: "hook", ids: ["b"], at: ten, reason: "no"),
                .expired(receiver: "hook", ids: ["c"], at: ten, reason: "no"),
            ]
        )
        let figures = try #require(state.figures["hook"])
        #expect([figures.delivered, figures.failed, figures.expired] == [.max, .max, .max])
    }

    @Test func `a message that waits survives compaction, although a damaged file calls it settled`() {
        let before = state([.queued(message: message("a")), .settled(ids: ["a", "b"])])
        #expect(before.count == 1)
        let after = state(before.records)
        #expect(after.queues == before.queues && after.knows("b"))
    }

    @Test func `an id that waits or was settled is not taken again`() {
        var state = state([.queued(message: message("a")), .queued(message: message("a"))])
        #expect(state.count == 1)
        state.apply(.delivered(receiver: "hook", ids: ["a"], at: ten))
        state.apply(.queued(message: message("a")))
        #expect(state.count == 0)
    }

    @Test func `a resolved message that meets its firing one in the queue is sent with it`() throws {
        let other = message("x", group: "other")
        let state = state([
            .queued(message: message("a", alerts: [alert(causes: ["3 of 5 agents are paused."])])),
            .queued(message: other),
            .queued(message: message("b", .resolved)),
            .queued(message: message("c", .firing, at: ten + 900)),
        ])
        let outgoing = try #require(state.next(for: "hook"))
        #expect(outgoing.ids == ["a", "b"])
        #expect(outgoing.message.reason == .resolved)
        #expect(outgoing.isFirstNewsOfResolved)
        #expect(outgoing.message.alerts.map(\.status) == [.resolved])
        #expect(outgoing.message.alerts.first?.startedAt == ten + 60)
        #expect(outgoing.message.alerts.first?.endedAt == ten + 540)
        #expect(outgoing.message.alerts.first?.causes == ["3 of 5 agents are paused."])
        var after = state
        after.apply(.delivered(receiver: "hook", ids: outgoing.ids, at: ten))
        #expect(after.next(for: "hook")?.ids == ["x"])
    }

    @Test func `a resolved message whose firing one failed is told as first news, with its alerts`() throws {
        var state = state([.queued(message: message("a", alerts: [alert(), alert("trunk", ["trunk": "two"])]))])
        state.apply(.failed(receiver: "hook", ids: ["a"], at: ten, reason: "no"))
        state.apply(.queued(message: message("b", .resolved)))
        let outgoing = try #require(state.next(for: "hook"))
        #expect(outgoing.isFirstNewsOfResolved)
        #expect(outgoing.message.alerts.map(\.identity.rule) == ["long-wait", "trunk"])
        #expect(outgoing.message.alerts.map(\.status) == [.resolved, .resolved])
    }

    @Test func `a resolved message after a delivered firing one refers to it`() {
        var state = state([.queued(message: message("a"))])
        state.apply(.delivered(receiver: "hook", ids: ["a"], at: ten))
        state.apply(.queued(message: message("r", .reminder)))
        #expect(state.next(for: "hook")?.root == "a")
        state.apply(.delivered(receiver: "hook", ids: ["r"], at: ten))
        state.apply(.queued(message: message("b", .resolved)))
        #expect(state.next(for: "hook")?.root == "a")
        state.apply(.delivered(receiver: "hook", ids: ["b"], at: ten))
        #expect(state.conversations["hook"] == nil)
    }

    @Test func `a copy goes to the fallback once, and so does the end of what it was told of`() {
        var state = state([.queued(message: message("a"))])
        state.apply(.copied(id: "a", receiver: "hook", fallback: "mail"))
        state.apply(.copied(id: "a", receiver: "hook", fallback: "mail"))
        #expect(state.queues["mail"]?.map(\.message.id) == ["a.mail"])
        #expect(state.queues["mail"]?.first?.isCopy == true)
        #expect(state.diverted["hook"] == ["long-wait/main": "mail"])
        state.apply(.queued(message: message("b", .resolved)))
        state.apply(.copied(id: "b", receiver: "hook", fallback: "mail"))
        #expect(state.queues["mail"]?.map(\.message.id) == ["a.mail", "b.mail"])
        #expect(state.diverted["hook"] == nil)
    }

    @Test(arguments: 0..<40) func `the snapshot of a state amounts to the state`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var state = SpoolState()
        for number in 0..<200 {
            let receiver = ["hook", "mail"].randomElement(using: &random) ?? "hook"
            let ids = state.next(for: receiver)?.ids ?? []
            switch Int.random(in: 0..<10, using: &random) {
            case 0..<5:
                let reasons: [AlertMessage.Reason] = [.firing, .resolved, .reminder, .alive, .test]
                let reason = reasons.randomElement(using: &random) ?? .firing
                let group = "g\(Int.random(in: 0..<4, using: &random))"
                state.apply(.queued(message: message("m\(number)", reason, to: receiver, group: group)))
            case 5: for id in ids { state.apply(.copied(id: id, receiver: receiver, fallback: "sms")) }
            case 6: state.apply(.failed(receiver: receiver, ids: ids, at: ten, reason: "no"))
            case 7: state.apply(.expired(receiver: receiver, ids: ids, at: ten, reason: "late"))
            default: state.apply(.delivered(receiver: receiver, ids: ids, at: ten))
            }
        }
        var copy = SpoolState()
        for record in state.records { copy.apply(record) }
        #expect(copy == state)
        #expect(copy.records == state.records)
    }
}
