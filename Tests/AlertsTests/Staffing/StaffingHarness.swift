import Base
import FoundationEssentials
import Switchboard

@testable import Alerts

/// A PBX with one queue that carries out orders, and a machine that follows it, second by second.
struct StaffingHarness {
    /// How the PBX answers orders.
    enum Answer { case carriesOut, refuses, staysSilentButCarriesOut, staysSilent }

    static let start = Moment(seconds: 1_764_000_000)
    var machine: StaffingMachine
    var rules: [StaffingRule]
    var queue = StaffingQueue("support")
    /// Phones that are no members; all others can be reached and are free.
    var devices: [String: QueueBoard.Member.Status] = [:]
    var isConnected = true
    var started: (at: Moment, seenAt: Moment)?
    var answer = Answer.carriesOut
    /// Seconds since the start.
    private(set) var time = 0
    /// Such as `61 add Erik`, `+5 remove Erik`, with the time of the order.
    private(set) var story: [String] = []
    private(set) var events: [StaffingEvent] = []

    init(_ rules: StaffingRule...) {
        self.rules = rules
        machine = StaffingMachine(rules, continuing: StaffingMemory(at: Self.start))
        queue.members = [Self.member("PJSIP/101", "Alice")]
        queue.members[0].status = .inUse
    }

    /// Waits of more than 60 s call for Erik and then Wera; 20 s and less let them go.
    static func rule(_ action: StaffingAction = .add, _ change: (inout StaffingRule) -> Void = { _ in }) -> StaffingRule
    {
        var condition = AlertRule("reserve", .queueWait, NagiosRange(low: 0, high: 60))
        condition.clear = NagiosRange(low: 0, high: 20)
        (condition.hold, condition.keep) = (.seconds(10), .seconds(30))
        var rule = StaffingRule("reserve", pbx: "main", queue: "Support", action, when: condition)
        rule.candidates = action == .add ? [.init("PJSIP/103", name: "Erik"), .init("PJSIP/104", name: "Wera")] : []
        (rule.leastTime, rule.every) = (.seconds(100), .seconds(20))
        change(&rule)
        return rule
    }

    static func at(_ seconds: Int) -> Moment { start + .seconds(seconds) }

    static func member(_ interface: String, _ name: String, loggedIn seconds: Int = -1000) -> StaffingMember {
        var member = StaffingMember(interface, name: name)
        member.loggedInSince = at(seconds)
        return member
    }

    /// The member with this name.
    subscript(name: String) -> StaffingMember? {
        get { queue.members.first { $0.name == name } }
        set {
            queue.members.removeAll { $0.name == name }
            if let newValue { queue.members.append(newValue) }
        }
    }

    var phase: StaffingState.Phase { machine.memory.rules["reserve"]?.phase ?? .normal }
    var releases: [String] {
        events.compactMap { if case .released(_, let reason) = $0 { reason } else { nil } }
    }

    /// Lets time pass; somebody has been waiting for `wait` seconds at each moment, or nobody for nil.
    mutating func pass(_ seconds: Int, wait: Int?) {
        for _ in 0..<seconds {
            time += 1
            evaluate(wait: wait)
        }
    }

    /// Evaluates once at this moment, and carries out the orders.
    mutating func evaluate(wait: Int?) {
        let now = Self.at(time)
        queue.callers = wait.map { [now - .seconds($0)] } ?? []
        var step = machine.step([sight([:])], at: now)
        if let wanted = step.wanted["main"] {
            let known = wanted.map { ($0, devices[$0] ?? .notInUse) }
            step.orders += machine.step([sight(Dictionary(uniqueKeysWithValues: known))], at: now).orders
        }
        events += step.events
        for order in step.orders {
            let place = order.placement
            let verb = order.isEnd ? "end" : "begin"
            story.append(
                "\(time) \(verb) \(place.name.isEmpty ? place.interface : place.name)\(order.isDry ? " dry" : "")"
            )
            events += machine.finish(order, outcome(order), at: now)
        }
    }

    /// What the PBX makes of an order.
    mutating func outcome(_ order: StaffingOrder) -> StaffingOutcome {
        if order.isDry { return .done(loggedInSince: nil) }
        if let objection = order.objection(in: queue) { return .outdated(objection) }
        switch answer {
        case .refuses: return .failed("no")
        case .staysSilent: return .unknown("?")
        case .carriesOut: return .done(loggedInSince: carryOut(order))
        case .staysSilentButCarriesOut:
            _ = carryOut(order)
            return .unknown("?")
        }
    }

    @discardableResult
    mutating func carryOut(_ order: StaffingOrder) -> Moment? {
        let place = order.placement
        guard let index = queue.members.firstIndex(where: { $0.interface == place.interface }) else {
            var member = Self.member(place.interface, place.name.isEmpty ? place.interface : place.name, loggedIn: time)
            member.penalty = place.penalty
            queue.members.append(member)
            return member.loggedInSince
        }
        switch place.action {
        case .add: queue.members.remove(at: index)
        case .penalty: queue.members[index].penalty = order.isEnd ? place.formerPenalty : place.penalty
        case .unpause:
            queue.members[index].isPaused = order.isEnd
            queue.members[index].pausedReason = order.isEnd ? place.formerReason : ""
        }
        return nil
    }

    private func sight(_ known: [String: QueueBoard.Member.Status]) -> StaffingSight {
        var sight = StaffingSight("main", queues: isConnected ? [queue] : nil)
        (sight.devices, sight.started) = (known, started)
        return sight
    }

    /// Ends the program and starts it again with these rules.
    mutating func restart(_ rules: [StaffingRule]? = nil) throws {
        let written = try JSONEncoder().encode(machine.memory)
        if let rules { self.rules = rules }
        machine = StaffingMachine(self.rules, continuing: try JSONDecoder().decode(StaffingMemory.self, from: written))
    }

    /// Ends the program, loses its file, and starts it again.
    mutating func loseState() { machine = StaffingMachine(rules, continuing: StaffingMemory(at: Self.at(time))) }

    mutating func skip(_ seconds: Int) { time += seconds }
}
