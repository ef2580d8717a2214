import Base
import FoundationEssentials
import Switchboard
import TestSupport
import Testing

@testable import Alerts

/// Random days: callers, phones, supervisors, lost connections, refused and unanswered orders, kills between any two
/// steps, and restarts of the PBX. The model is the PBX itself, which remembers who has put each member in.
@Suite struct StaffingPropertyTests {
    @Test(arguments: 0..<40)
    func `only the rule's own members are taken out, in time, and none is forgotten`(_ round: Int) throws {
        let seed = round == 0 ? 2_680_192_679_065_036_947 : UInt64.random(in: 0...(.max)) &+ UInt64(round)
        var day = StaffingDay(seed: seed)
        for _ in 0..<4000 {
            day.time += 1
            day.live()
            try day.follow()
        }
        // In the end everything works and nobody calls: all of the rule's members go.
        day.calm()
        for _ in 0..<1500 {
            day.time += 1
            try day.follow(isPeaceful: true)
        }
        #expect(day.rulesMembers.isEmpty, "seed \(seed): \(day.rulesMembers) stay")
        #expect(day.machine.memory.placements.isEmpty, "seed \(seed)")
        #expect(day.faults.isEmpty, "seed \(seed): \(day.faults.prefix(3))")
        // A random day may have no order; this one has.
        if round == 0 { #expect(day.begun > 0 && day.ended > 0) }
    }
}

/// What the PBX knows about a member, besides what it shows.
private struct StaffingRecord {
    var isRules = false
    var since = 0
}

/// A day of one rule.
private struct StaffingDay {
    var random: SeededGenerator
    let rule: StaffingRule
    var machine: StaffingMachine
    var queue = StaffingQueue("support")
    var phones: [String: QueueBoard.Member.Status] = [:]
    var records: [String: StaffingRecord] = [:]
    var time = 0
    var isConnected = true
    var started = (at: StaffingHarness.at(-90_000), seenAt: StaffingHarness.at(0))
    var callers: [Moment] = []
    /// Whether somebody has called for trouble that only a person can end, so that a member may stay behind.
    var faults: [String] = []
    var ordersWhileBlind = 0
    var begun = 0, ended = 0

    init(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let most = Int.random(in: 1...2, using: &random)
        let least = [0, 30, 200].randomElement(using: &random) ?? 0
        let longest = [0, 250, 600].randomElement(using: &random) ?? 0
        rule = StaffingHarness.rule { rule in
            rule.condition.hold = .seconds(Int.random(in: 0...20, using: &random))
            rule.condition.keep = .seconds(Int.random(in: 0...40, using: &random))
            (rule.most, rule.every) = (most, .seconds(Int.random(in: 0...40, using: &random)))
            (rule.leastTime, rule.longestTime) = (.seconds(least), .seconds(longest))
            rule.candidates = (1...4).map { .init("PJSIP/\($0)", name: "Reserve \($0)") }
        }
        self.random = random
        machine = StaffingMachine([rule], continuing: StaffingMemory(at: StaffingHarness.start))
        queue.members = [StaffingHarness.member("PJSIP/100", "Alice")]
    }

    mutating func chance(_ one: Int) -> Bool { Int.random(in: 0..<one, using: &random) == 0 }

    mutating func somebody() -> String { "PJSIP/\(Int.random(in: 1...4, using: &random))" }

    func index(_ interface: String) -> Int? { queue.members.firstIndex { $0.interface == interface } }

    var now: Moment { StaffingHarness.at(time) }
    var rulesMembers: [String] { records.filter { $0.value.isRules && index($0.key) != nil }.map(\.key) }
}

extension StaffingDay {
    /// One second of the office.
    mutating func live() {
        if chance(20) { callers.append(now) }
        if chance(60) { callers = [] }
        for interface in ["PJSIP/1", "PJSIP/2", "PJSIP/3", "PJSIP/4", "PJSIP/100"] where chance(60) {
            let states: [QueueBoard.Member.Status] = [.notInUse, .notInUse, .notInUse, .inUse, .ringing, .unavailable]
            phones[interface] = states.randomElement(using: &random)
        }
        if chance(400) {
            // A supervisor removes somebody, whether the rule's or not.
            let interface = somebody()
            queue.members.removeAll { $0.interface == interface }
            records[interface] = nil
        }
        if chance(400) {
            let interface = somebody()
            if index(interface) == nil { addByHand(interface) }
        }
        if chance(500), let index = index(somebody()) {
            // Removed and added again within a second.
            let interface = queue.members[index].interface
            queue.members.remove(at: index)
            addByHand(interface)
        }
        if chance(300) { isConnected.toggle() }
        if chance(1500) {
            // The PBX is restarted, and adds its members again.
            isConnected = false
            for index in queue.members.indices { queue.members[index].loggedInSince = now }
            started.at = now
        }
        // The health is checked each minute.
        if time % 60 == 0, isConnected { started.seenAt = now }
    }

    private mutating func addByHand(_ interface: String) {
        let member = StaffingHarness.member(interface, "By hand", loggedIn: time)
        queue.members.append(member)
        records[interface] = .init(isRules: false, since: time)
    }

    mutating func calm() {
        (callers, isConnected, phones) = ([], true, [:])
    }

    /// One evaluation, which may be cut off anywhere.
    mutating func follow(isPeaceful: Bool = false) throws {
        if isPeaceful { started.seenAt = now }
        for index in queue.members.indices {
            queue.members[index].status = phones[queue.members[index].interface] ?? .notInUse
        }
        queue.callers = callers
        var sight = StaffingSight("main", queues: isConnected ? [queue] : nil)
        sight.started = started
        sight.devices = Dictionary(
            uniqueKeysWithValues: (1...4).map { "PJSIP/\($0)" }.map { ($0, phones[$0] ?? .notInUse) }
        )
        let step = machine.step([sight], at: now)
        for case .released(let placement, let reason) in step.events where reason.contains("cannot be told") {
            // The rule says that it gives the member up, and a person has to look.
            records[placement.interface]?.isRules = false
        }
        if !isConnected, !step.orders.isEmpty { faults.append("\(time): an order without a connection") }
        for order in step.orders {
            if !isPeaceful, chance(30) { return try restart() }
            let outcome = outcome(order, isPeaceful)
            if !isPeaceful, chance(30) { return try restart() }
            _ = machine.finish(order, outcome, at: now)
        }
        if rulesMembers.count > rule.most { faults.append("\(time): too many members") }
        if !isPeaceful, chance(500) { try restart() }
    }

    private mutating func restart() throws {
        let written = try JSONEncoder().encode(machine.memory)
        machine = StaffingMachine([rule], continuing: try JSONDecoder().decode(StaffingMemory.self, from: written))
        if chance(2) { time += Int.random(in: 1...100, using: &random) }
    }

    private mutating func outcome(_ order: StaffingOrder, _ isPeaceful: Bool) -> StaffingOutcome {
        if let objection = order.objection(in: queue) { return .outdated(objection) }
        if !isPeaceful, chance(10) { return .failed("no") }
        if !isPeaceful, chance(20) { return .unknown("?") }
        let interface = order.placement.interface
        var outcome = StaffingOutcome.done(loggedInSince: nil)
        if order.isEnd { end(interface) } else { outcome = .done(loggedInSince: begin(interface, order)) }
        return !isPeaceful && chance(20) ? .unknown("?") : outcome
    }

    private mutating func begin(_ interface: String, _ order: StaffingOrder) -> Moment? {
        begun += 1
        if index(interface) != nil { faults.append("\(time): \(interface) is a member already") }
        if phones[interface] ?? .notInUse != .notInUse {
            faults.append("\(time): the phone of \(interface) is not free")
        }
        if !callers.contains(where: { (now - $0).inSeconds > 60 }) { faults.append("\(time): nobody waits for long") }
        queue.members.append(StaffingHarness.member(interface, order.placement.name, loggedIn: time))
        records[interface] = .init(isRules: true, since: time)
        return now
    }

    private mutating func end(_ interface: String) {
        ended += 1
        let record = records[interface]
        if record?.isRules != true { faults.append("\(time): \(interface) is not the rule's") }
        // What the phone does, rather than what the member says about it.
        let phone = phones[interface] ?? .notInUse
        if phone == .inUse || phone == .ringing { faults.append("\(time): \(interface) is on a call") }
        let stay = Duration.seconds(time - (record?.since ?? time))
        let isOverdue = rule.longestTime > .zero && stay >= rule.longestTime
        if stay < rule.leastTime { faults.append("\(time): \(interface) was in for \(stay)") }
        // Waits from 20 s on keep members.
        if !isOverdue, callers.contains(where: { (now - $0).inSeconds > 20 }) {
            faults.append("\(time): it is not calm")
        }
        queue.members.removeAll { $0.interface == interface }
        records[interface] = nil
    }
}
