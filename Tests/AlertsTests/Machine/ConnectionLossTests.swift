import Base
import FoundationEssentials
import Testing

@testable import Alerts

/// A PBX whose connection is lost while a caller waits too long.
@Suite struct ConnectionLossTests {
    private static let start = Moment(seconds: 1_764_000_000)
    private static let rules: [AlertRule] = {
        var wait = AlertRule("wait", .queueWait, NagiosRange(low: 0, high: 100))
        var pause = AlertRule("pause", .agentPause, NagiosRange(low: 0, high: 100))
        var connection = AlertRule("connection", .connectionLost, NagiosRange(low: 0, high: 30))
        (wait.receivers, pause.receivers, connection.receivers) = (["mail"], ["mail"], ["mail"])
        connection.keep = .seconds(30)
        return [wait, pause, connection]
    }()

    /// Somebody began to wait 200 s before the start, and an agent to pause 300 s after it. The connection is lost from 100
    /// to 1000; by its end, both are over.
    private static func snapshot(at now: Moment) -> AlertSnapshot {
        let passed = now - start
        var pbx = AlertSnapshot.PBX("main")
        if passed >= .seconds(100), passed < .seconds(1000) { pbx.staleSince = start + .seconds(100) }
        var queue = AlertSnapshot.Queue("support")
        if passed < .seconds(1000) { queue.callers = [AlertSnapshot.Caller("", since: start - .seconds(200))] }
        var member = AlertSnapshot.Member("Anna")
        if passed >= .seconds(300), passed < .seconds(1000) { member.pausedSince = start + .seconds(300) }
        queue.members = [member]
        pbx.queues = [queue]
        var snapshot = AlertSnapshot(at: now)
        snapshot.pbxs = [pbx]
        return snapshot
    }

    @Test func `one message when it is lost, one when it is back, and none about what nobody can see`() throws {
        var machine = AlertMachine(Self.rules, continuing: AlertMemory(at: Self.start))
        var told: [String] = []
        for second in stride(from: Int64(0), to: 1200, by: 5) {
            let now = Self.start + .seconds(second)
            let snapshot = Self.snapshot(at: now)
            machine.evaluate(Self.rules.map { $0.evaluation(of: snapshot) }, at: now)
            for message in machine.memory.outbox {
                told.append("\(second) \(message.group) \(message.reason)")
                machine.accepted(message.id)
            }
            if second == 500 {
                #expect(machine.memory.states.values.first { $0.identity.rule == "wait" }?.blindSince != nil)
                // A restart in the middle of it changes nothing.
                let written = try JSONEncoder().encode(machine.memory)
                let memory = try JSONDecoder().decode(AlertMemory.self, from: written)
                #expect(memory.states.values.first { $0.identity.rule == "wait" }?.since == Self.start)
                machine = AlertMachine(Self.rules, continuing: memory)
            }
        }
        // Lost for more than 30 s from 135 on, and told ten seconds later; back at 1000, and over 30 s later.
        #expect(
            told == [
                "10 wait/main firing", "145 connection/main firing", "1000 wait/main resolved",
                "1030 connection/main resolved",
            ]
        )
    }

    @Test func `a restart while it is lost is neither its return nor a second loss`() {
        var rule = AlertRule("connection", .connectionLost, NagiosRange(low: 0, high: 30))
        (rule.receivers, rule.keep) = (["mail"], .seconds(30))
        var machine = AlertMachine([rule], continuing: AlertMemory(at: Self.start))
        var told: [AlertMessage.Reason] = []
        for second in stride(from: Int64(0), to: 400, by: 5) {
            let now = Self.start + .seconds(second)
            if second == 100 { machine = AlertMachine([rule], continuing: machine.memory) }
            var pbx = AlertSnapshot.PBX("main")
            // Lost from the start; a new process tries from 100 on, and connects at 300.
            pbx.hasConnected = second < 100 || second >= 300
            pbx.staleSince = second < 100 ? Self.start : second < 300 ? Self.start + .seconds(100) : nil
            var snapshot = AlertSnapshot(at: now)
            snapshot.pbxs = [pbx]
            machine.evaluate([rule.evaluation(of: snapshot)], at: now)
            told += machine.memory.outbox.map(\.reason)
            for message in machine.memory.outbox { machine.accepted(message.id) }
        }
        #expect(told == [.firing, .resolved])
    }
}
