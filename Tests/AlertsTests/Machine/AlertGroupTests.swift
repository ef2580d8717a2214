import Base
import Testing

@testable import Alerts

@Suite struct AlertGroupTests {
    private let bad = 101.0, good = 10.0

    private func harness(receivers: [String] = ["mail"]) -> MachineHarness {
        MachineHarness([MachineHarness.rule(receivers: receivers)], AlertTiming())
    }

    @Test func `alerts that begin together are one message after ten seconds`() {
        var harness = harness()
        harness.evaluate(0, queues: ["support": bad])
        harness.evaluate(5, queues: ["support": bad, "sales": bad])
        #expect(harness.machine.deadline == MachineHarness.at(10))
        harness.evaluate(9.9, queues: ["support": bad, "sales": bad])
        #expect(harness.story.isEmpty)
        harness.evaluate(10, queues: ["support": bad, "sales": bad])
        #expect(harness.story == ["firing: support firing, sales firing"])
    }

    @Test func `an alert that is over before the first message is never told`() {
        var harness = harness()
        harness.evaluate(0, bad)
        harness.evaluate(9, good)
        harness.evaluate(100, good)
        #expect(harness.transitions.count == 2)
        #expect(harness.story.isEmpty)
    }

    @Test func `a new member is told a minute after the last message`() {
        var harness = harness()
        harness.evaluate(0, queues: ["support": bad])
        harness.evaluate(10, queues: ["support": bad])
        harness.evaluate(20, queues: ["support": bad, "sales": bad])
        harness.evaluate(69, queues: ["support": bad, "sales": bad])
        #expect(harness.sent.count == 1)
        harness.evaluate(70, queues: ["support": bad, "sales": bad])
        #expect(harness.story == ["firing: support firing", "firing: support firing, sales firing"])
    }

    @Test func `one of two that is over is told with the rest after a minute, the last one at once`() {
        var harness = harness()
        harness.evaluate(0, queues: ["support": bad, "sales": bad])
        harness.evaluate(10, queues: ["support": bad, "sales": bad])
        harness.evaluate(20, queues: ["sales": bad])
        harness.evaluate(70, queues: ["sales": bad])
        harness.evaluate(71, good)
        #expect(
            harness.story.dropFirst() == ["firing: sales firing, support resolved", "resolved: sales resolved"]
        )
    }

    @Test func `an alert that fires again before its end was told never ended for the receiver`() {
        var harness = harness()
        harness.evaluate(0, queues: ["support": bad, "sales": bad])
        harness.evaluate(10, queues: ["support": bad, "sales": bad])
        harness.evaluate(20, queues: ["sales": bad])
        harness.evaluate(30, queues: ["support": bad, "sales": bad])
        harness.evaluate(100, queues: ["support": bad, "sales": bad])
        #expect(harness.sent.count == 1)
        harness.evaluate(110, queues: ["support": good, "sales": good])
        #expect(harness.sent.count == 2)
        #expect(harness.sent.last?.alerts.count == 2)
    }

    @Test func `a flapping alert sends at most one pair of messages a minute`() {
        var harness = harness()
        for second in 0..<300 { harness.evaluate(Double(second), second % 20 < 15 ? bad : good) }
        // It fires at 0, 20, 40 …; the first message at 10, and no other within a minute of the one before.
        let times = harness.sent.filter { $0.reason == .firing }.map { ($0.createdAt - MachineHarness.start).inSeconds }
        #expect(times.first == 10)
        #expect(zip(times, times.dropFirst()).allSatisfy { $1 - $0 >= 60 })
        #expect(harness.sent.count { $0.reason == .resolved } <= times.count)
    }

    @Test func `receivers are reminded after four hours, and only of what still fires`() {
        var harness = harness()
        harness.evaluate(0, bad)
        harness.evaluate(10, bad)
        harness.evaluate(14_409, bad)
        #expect(harness.sent.count == 1)
        #expect(harness.machine.deadline == MachineHarness.at(14_410))
        harness.evaluate(14_410, bad)
        harness.evaluate(14_411, good)
        harness.evaluate(40_000, good)
        #expect(harness.sent.map(\.reason) == [.firing, .reminder, .resolved])
    }

    @Test func `a silenced alert is not told, and its end only to those who were told that it fires`() {
        let silence = AlertSilence(
            id: "a",
            [AlertMatcher(label: "queue", value: "sup*")],
            from: MachineHarness.at(0),
            until: MachineHarness.at(1000),
            author: "tester",
            comment: "moving"
        )
        var silent = harness()
        silent.evaluate(0, bad, silences: [silence])
        silent.evaluate(999, bad, silences: [silence])
        #expect(silent.story.isEmpty)
        silent.evaluate(1000, bad, silences: [silence])
        silent.evaluate(1010, bad, silences: [silence])
        #expect(silent.story == ["firing: support firing"])

        var told = harness()
        told.evaluate(0, bad)
        told.evaluate(10, bad)
        told.evaluate(11, bad, silences: [silence])
        told.evaluate(20, good, silences: [silence])
        #expect(told.story == ["firing: support firing", "resolved: support resolved"])
    }

    @Test func `each receiver has its own messages with different ids`() {
        var harness = harness(receivers: ["mail", "chat"])
        harness.evaluate(0, bad)
        harness.evaluate(10, bad)
        #expect(harness.sent.map(\.receiver).sorted() == ["chat", "mail"])
        #expect(Set(harness.sent.map(\.id)).count == 2)
        #expect(Set(harness.sent.map(\.group)) == ["wait/main"])
    }

    @Test(
        arguments: [
            ("queue=support", true), ("queue!=support", false), ("queue=sup*", true), ("queue=sales", false),
            ("rule=wait", true), ("severity=warning", true), ("severity=critical", false), ("agent=", true),
            ("agent!=", false), ("queue=Support", true), ("queue!=SUP*", false),
        ] as [(String, Bool)]
    )
    func `a matcher compares a label`(_ text: String, _ isMatch: Bool) throws {
        let matcher = try #require(AlertMatcher(text))
        let identity = AlertIdentity(rule: "wait", labels: ["pbx": "main", "queue": "support"])
        #expect(matcher.matches(identity, .warning) == isMatch)
        #expect(matcher.description == text)
    }

    @Test(arguments: ["", "support", "=x", "!=x", "a b=c"])
    func `a text that is no matcher is refused`(_ text: String) {
        #expect(AlertMatcher(text) == nil)
    }
}
