import Base
import Testing

@testable import Alerts

@Suite struct AlertMachineTests {
    private let bad = 101.0, between = 60.0, good = 10.0

    @Test func `a condition that holds for less than for raises nothing`() {
        var harness = MachineHarness([MachineHarness.rule(hold: .seconds(3))])
        harness.evaluate(0, bad)
        #expect(harness.machine.deadline == MachineHarness.at(3))
        harness.evaluate(2.9, bad)
        harness.evaluate(2.95, good)
        harness.evaluate(10, good)
        #expect(harness.story.isEmpty)
        #expect(harness.machine.memory.states.isEmpty)
    }

    @Test func `a condition that holds for longer than for fires once`() {
        var harness = MachineHarness([MachineHarness.rule(hold: .seconds(3), keep: .seconds(60))])
        harness.evaluate(0, bad)
        harness.evaluate(3, bad)
        harness.evaluate(3.1, good)
        #expect(harness.story == ["firing: support firing"])
        #expect(harness.sent.first?.alerts.first?.startedAt == MachineHarness.at(0))
    }

    @Test func `a condition that comes and goes within keep is not over, and then is over once`() {
        var harness = MachineHarness([MachineHarness.rule(keep: .seconds(60))])
        harness.evaluate(0, bad)
        for second in stride(from: 10.0, to: 200, by: 20) {
            harness.evaluate(second, good)
            harness.evaluate(second + 10, bad)
        }
        #expect(harness.story == ["firing: support firing"])
        harness.evaluate(210, good)
        #expect(harness.machine.deadline == MachineHarness.at(270))
        harness.evaluate(269.9, good)
        #expect(harness.sent.count == 1)
        harness.evaluate(270, good)
        harness.evaluate(300, good)
        #expect(harness.story == ["firing: support firing", "resolved: support resolved"])
        // It was last true at 200 s.
        #expect(harness.sent.last?.alerts.first?.endedAt == MachineHarness.at(200))
    }

    @Test func `a value that does not alarm clears an alert only inside clear`() {
        var harness = MachineHarness([MachineHarness.rule()])
        harness.evaluate(0, between)
        #expect(harness.story.isEmpty)
        harness.evaluate(1, bad)
        harness.evaluate(2, between)
        #expect(harness.story == ["firing: support firing"])
        harness.evaluate(3, 50)
        #expect(harness.story == ["firing: support firing", "resolved: support resolved"])
    }

    @Test func `without data an alert stays as it is, and the time does not count`() {
        var harness = MachineHarness([MachineHarness.rule(hold: .seconds(60), keep: .seconds(60))])
        harness.evaluate(0, bad)
        harness.evaluate(30, nil)
        harness.evaluate(500, bad)
        // 30 of 60 seconds had passed.
        #expect(harness.machine.deadline == MachineHarness.at(530))
        harness.evaluate(530, bad)
        harness.evaluate(540, nil)
        harness.evaluate(10_000, nil)
        #expect(harness.story == ["firing: support firing"])
        harness.evaluate(10_001, good)
        harness.evaluate(10_061, good)
        #expect(harness.story == ["firing: support firing", "resolved: support resolved"])
    }

    @Test func `a value that is not a number neither raises nor clears`() {
        var harness = MachineHarness([MachineHarness.rule()])
        harness.evaluate(0, .nan)
        #expect(harness.story.isEmpty)
        harness.evaluate(1, bad)
        harness.evaluate(2, .nan)
        #expect(harness.story == ["firing: support firing"])
    }

    @Test func `a subject that is gone, and a rule that is gone, end the alert`() {
        var harness = MachineHarness([MachineHarness.rule()])
        harness.evaluate(0, queues: ["support": bad, "sales": bad])
        harness.evaluate(1, queues: ["sales": bad])
        #expect(harness.transitions.last?.alert.identity.labels["queue"] == "support")
        #expect(harness.transitions.last?.alert.status == .resolved)
        var next = AlertMachine([], harness.timing, continuing: harness.machine.memory)
        let ended = next.evaluate([], at: MachineHarness.at(2))
        #expect(ended.map(\.alert.status) == [.resolved])
        #expect(next.memory.outbox.map(\.reason) == [.resolved])
    }

    @Test func `a clock that is set back delays nothing by more than the rule says`() {
        var harness = MachineHarness([MachineHarness.rule(hold: .seconds(60))])
        harness.evaluate(3600, bad)
        harness.evaluate(3630, bad)
        harness.evaluate(30, bad)
        #expect(harness.machine.deadline == MachineHarness.at(60))
        harness.evaluate(60, bad)
        #expect(harness.story == ["firing: support firing"])
    }
}
