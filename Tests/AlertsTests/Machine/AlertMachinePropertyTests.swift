import Base
import FoundationEssentials
import TestSupport
import Testing

@testable import Alerts

/// Compares the machine with a model that looks at the whole past each time.
@Suite struct AlertMachinePropertyTests {
    /// What was seen at one time; nil: nothing was known.
    private typealias Sight = (at: Double, value: Double?, restarts: Bool)

    /// Whether an alert fires after the last sight, by scanning all of them. The time after a sight without data, and the
    /// time of a restart, do not count.
    private func fires(_ sights: [Sight], hold: Double, keep: Double) -> Bool {
        var isFiring = false
        // Seconds for which the condition has held, or has been cleared; nil while it does not.
        var (held, cleared): (Double?, Double?) = (nil, nil)
        var last: Sight?
        for sight in sights {
            let passed = last.map { $0.value == nil || $0.restarts ? 0 : sight.at - $0.at } ?? 0
            if let value = sight.value {
                let (isBad, isGood) = (value > 100, value <= 50)
                held = isBad ? held.map { $0 + passed } ?? 0 : nil
                if isFiring {
                    cleared = isGood ? cleared.map { $0 + passed } ?? 0 : nil
                    if let time = cleared, time >= keep - 1e-6 { (isFiring, cleared, held) = (false, nil, nil) }
                } else if let time = held, time >= hold - 1e-6 {
                    (isFiring, cleared) = (true, nil)
                }
            } else {
                held = held.map { $0 + passed }
                cleared = cleared.map { $0 + passed }
            }
            last = sight
        }
        return isFiring
    }

    @Test(arguments: 0..<60)
    func `the machine agrees with a model that scans the whole past`(_ round: Int) throws {
        let seed = UInt64.random(in: 0...(.max)) &+ UInt64(round)
        var random = SeededGenerator(seed: seed)
        let hold = Double(Int.random(in: 0...20, using: &random))
        let keep = Double(Int.random(in: 0...20, using: &random))
        let rule = MachineHarness.rule(hold: .seconds(hold), keep: .seconds(keep))
        var machine = AlertMachine([rule], AlertTiming(), continuing: AlertMemory(at: MachineHarness.start))
        var sights: [Sight] = []
        var messages: [AlertMessage] = []
        var time = 0.0
        for step in 0..<120 {
            time += Double(Int.random(in: 1...8, using: &random))
            let value: Double? = [101, 101, 60, 10, 10, nil].randomElement(using: &random) ?? nil
            let evaluation = RuleEvaluation(
                "wait",
                value.map { [MachineHarness.finding("support", $0)] } ?? [],
                blindness: value == nil ? .pbxs(["main"]) : .none
            )
            machine.evaluate([evaluation], at: MachineHarness.at(time))
            let restarts = Int.random(in: 0..<20, using: &random) == 0
            sights.append((time, value, restarts))
            let isFiring = machine.memory.states.values.contains { $0.isFiring }
            #expect(isFiring == fires(sights, hold: hold, keep: keep), "seed \(seed), step \(step)")
            for message in machine.memory.outbox {
                messages.append(message)
                machine.accepted(message.id)
            }
            guard restarts else { continue }
            let written = try JSONEncoder().encode(machine.memory)
            let read = try JSONDecoder().decode(AlertMemory.self, from: written)
            #expect(read == machine.memory, "seed \(seed)")
            machine = AlertMachine([rule], AlertTiming(), continuing: read)
        }
        // With one subject, a receiver hears firing and resolved in turn, beginning with firing.
        let told = messages.filter { $0.reason != .reminder }.map(\.reason)
        #expect(told.enumerated().allSatisfy { $1 == ($0 % 2 == 0 ? .firing : .resolved) }, "seed \(seed)")
        #expect(Set(messages.map(\.id)).count == messages.count, "seed \(seed)")
    }

    @Test func `a deadline that is met changes something, so nobody waits for it in vain`() {
        let seed = UInt64.random(in: 0...(.max))
        var random = SeededGenerator(seed: seed)
        var harness = MachineHarness(
            [MachineHarness.rule(hold: .seconds(7), keep: .seconds(11))],
            AlertTiming(groupWait: .seconds(3), groupInterval: .seconds(13), remind: .seconds(50))
        )
        var time = 0.0
        var value = 101.0
        for _ in 0..<500 {
            harness.evaluate(time, value)
            guard let deadline = harness.machine.deadline else {
                time += 1
                value = 101
                continue
            }
            let due = (deadline - MachineHarness.start).inSeconds
            #expect(due > time, "seed \(seed)")
            time = Bool.random(using: &random) ? due : min(due, time + 2)
            if Int.random(in: 0..<4, using: &random) == 0 { value = value > 100 ? 10 : 101 }
        }
        #expect(harness.sent.contains { $0.reason == .reminder }, "seed \(seed)")
    }
}
