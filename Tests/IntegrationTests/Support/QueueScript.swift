import Base
import Switchboard
import TestSupport

/// A random day in the queues of a PBX, as events of the manager interface and as the queue_log of the same events.
///
/// The lines are those that app_queue.c writes (`queue_exec`, `try_calling`, `record_abandoned`, `send_agent_complete`); they are
/// made here from the script's own state, not by the writer that the board uses.
struct QueueScript {
    enum Step {
        case event(PBXEvent, Moment)
        /// What `QueueStatus` lists at that moment.
        case lists([QueueSnapshotItem], Moment)

        var at: Moment {
            switch self {
            case .event(_, let at), .lists(_, let at): at
            }
        }
    }

    struct Waiting {
        let id: String
        let queue: String
        let number: String
        /// The queue's name as the dialplan spells it, which the log repeats.
        let spelling: String
        let entered: Moment
        let first: Int
        var ringing: Int?
    }

    struct Talk {
        let caller: Waiting
        let agent: Int
        let connected: Moment
        let hold: Int
    }

    struct Member {
        var isPaused = false
        var reason = ""
    }

    static let queues = ["sales", "support", "Отдел", "vip"]
    static let agents = 8
    static let calls = 500

    private(set) var steps: [Step] = []
    /// Lines of the log, and after how many steps each was written.
    private(set) var log: [(line: String, step: Int)] = []
    private(set) var now: Moment
    private var random: SeededGenerator
    private(set) var waiting: [Waiting] = []
    private(set) var talking: [Talk] = []
    /// Callers who left a queue and whose call goes on.
    private var roaming: [(id: String, number: String)] = []
    private var members: [String: [Int: Member]] = [:]
    private var completed: [String: Int] = [:]
    private var abandoned: [String: Int] = [:]
    private var begun = 0

    init(seed: UInt64, from start: Moment) {
        (random, now) = (SeededGenerator(seed: seed), start)
        for queue in Self.queues {
            for agent in 0..<Self.agents where Bool.random(using: &random) {
                members[queue, default: [:]][agent] = Member()
            }
        }
        list()
        // Some wait and some talk when the script ends.
        while begun < Self.calls || waiting.count + talking.count > 9 {
            now = now + .milliseconds(Int.random(in: 30...12_000, using: &random))
            act()
            if Int.random(in: 0..<25, using: &random) == 0 { list() }
        }
    }

    private mutating func act() {
        switch Int.random(in: 0..<100, using: &random) {
        case 0..<18: enter()
        case 18..<38: ring()
        case 38..<44: ringsInVain()
        case 44..<60: connect()
        case 60..<76: endTalk()
        case 76..<86: leave()
        case 86..<93: goOn()
        default: changeMember()
        }
    }

    /// Steps at which nothing is half said: the one before is of an earlier moment.
    var pauses: [Int] { steps.indices.dropFirst().filter { steps[$0 - 1].at < steps[$0].at } }

    // MARK: Callers

    private mutating func enter() {
        guard begun < Self.calls else { return goOn() }
        begun += 1
        let number = "+49301234\(Int.random(in: 100...160, using: &random))"
        let id = "\(now.wholeSeconds).\(begun)"
        var channel = ChannelSnapshot(name: "PJSIP/\(id)", uniqueid: id)
        (channel.exten, channel.priority) = ("300", "1")
        emit(.channel(.runs(channel)))
        join(id, number)
    }

    private mutating func join(_ id: String, _ number: String) {
        let queue = pick(Self.queues)
        let spelling = Int.random(in: 0..<6, using: &random) == 0 ? queue.uppercased(with: .ascii) : queue
        let first = waiting.count { $0.queue == queue } + 1
        let caller = Waiting(id: id, queue: queue, number: number, spelling: spelling, entered: now, first: first)
        waiting.append(caller)
        emit(.queueCaller(QueueCallerEvent(.joined, facts(caller, position: first))))
        write(id, spelling, nil, "ENTERQUEUE", ["", number, "\(first)"])
    }

    /// Whose call goes on enters a queue again, or hangs up.
    private mutating func goOn() {
        guard !roaming.isEmpty else { return }
        let caller = roaming.remove(at: Int.random(in: roaming.indices, using: &random))
        if Bool.random(using: &random) { join(caller.id, caller.number) } else { hangUp(caller.id) }
    }

    private mutating func leave() {
        guard let index = waiting.indices.randomElement(using: &random) else { return }
        let position = place(of: index)
        let caller = waiting.remove(at: index)
        let wait = Int(now.wholeSeconds - caller.entered.wholeSeconds)
        let places = ["\(position)", "\(caller.first)", "\(wait)"]
        let way = Int.random(in: 0..<12, using: &random)
        let left = PBXEvent.queueCaller(QueueCallerEvent(.left, facts(caller, position: position)))
        if way == 5 {
            emit(left)
            var channel = ChannelSnapshot(name: "PJSIP/\(caller.id)", uniqueid: caller.id)
            (channel.exten, channel.priority) = ("7", "1")
            emit(.channel(.runs(channel)))
            write(caller.id, caller.spelling, nil, "EXITWITHKEY", ["7"] + places)
            return roaming.append((caller.id, caller.number))
        }
        var gone = facts(caller, position: position)
        (gone.wait, gone.firstPosition) = (wait, caller.first)
        abandoned[caller.queue, default: 0] += 1
        emit(.queueCaller(QueueCallerEvent(.abandoned, gone)))
        emit(left)
        switch way {
        case 6, 7: giveUp(caller, "TIMEOUT", "EXITWITHTIMEOUT", places)
        case 8: giveUp(caller, "LEAVEEMPTY", "EXITEMPTY", places)
        case 9: giveUp(caller, "WITHDRAW", "WITHDRAW", places)
        case 10:
            // Somebody moves the caller into another queue.
            write(caller.id, caller.spelling, nil, "ABANDON", places)
            join(caller.id, caller.number)
        default:
            write(caller.id, caller.spelling, nil, "ABANDON", places)
            hangUp(caller.id)
        }
    }

    private mutating func giveUp(_ caller: Waiting, _ status: String, _ line: String, _ places: [String]) {
        write(caller.id, caller.spelling, nil, line, places)
        let variable = CallVariable(name: "QUEUESTATUS", value: status)
        emit(.channel(.variableSet(VariableSetting(uniqueid: caller.id, variable: variable))))
        roaming.append((caller.id, caller.number))
    }

    // MARK: Agents

    private mutating func ring() {
        guard let index = waiting.indices.filter({ waiting[$0].ringing == nil }).randomElement(using: &random) else {
            return
        }
        let queue = waiting[index].queue
        let busy = Set(talking.map(\.agent) + waiting.compactMap(\.ringing))
        let free = (members[queue] ?? [:]).filter { !$0.value.isPaused && !busy.contains($0.key) }.keys.sorted()
        guard let agent = free.randomElement(using: &random) else { return }
        waiting[index].ringing = agent
        emit(call(.rings, waiting[index], agent))
    }

    private mutating func ringsInVain() {
        guard let index = waiting.indices.filter({ waiting[$0].ringing != nil }).randomElement(using: &random),
            let agent = waiting[index].ringing
        else { return }
        waiting[index].ringing = nil
        emit(call(.ringNoAnswer, waiting[index], agent) { $0.ring = 15_000 })
        write(waiting[index].id, waiting[index].spelling, agent, "RINGNOANSWER", ["15000"])
    }

    private mutating func connect() {
        guard let index = waiting.indices.filter({ waiting[$0].ringing != nil }).randomElement(using: &random),
            let agent = waiting[index].ringing
        else { return }
        let position = place(of: index)
        let caller = waiting.remove(at: index)
        let hold = Int(now.wholeSeconds - caller.entered.wholeSeconds)
        talking.append(Talk(caller: caller, agent: agent, connected: now, hold: hold))
        emit(.queueCaller(QueueCallerEvent(.left, facts(caller, position: position))))
        emit(call(.connected, caller, agent) { ($0.wait, $0.ring) = (hold, 2) })
        write(caller.id, caller.spelling, agent, "CONNECT", ["\(hold)", "\(caller.id)9", "2"])
    }

    private mutating func endTalk() {
        guard let index = talking.indices.randomElement(using: &random) else { return }
        let talk = talking.remove(at: index)
        let caller = talk.caller
        completed[caller.queue, default: 0] += 1
        let seconds = Int(now.wholeSeconds - talk.connected.wholeSeconds)
        let lengths = ["\(talk.hold)", "\(seconds)", "\(caller.first)"]
        func end(_ reason: QueueCallEvent.EndReason, callerIsGone: Bool = false) -> PBXEvent {
            call(.completed(reason), caller, talk.agent) {
                ($0.wait, $0.talk) = (talk.hold, seconds)
                if callerIsGone { $0.caller = nil }
            }
        }
        switch Int.random(in: 0..<10, using: &random) {
        case 0, 1:
            let transfer = BlindTransfer(
                transferer: "9.1",
                transferee: caller.id,
                exten: "300",
                context: "queues",
                result: "Success"
            )
            emit(.transfer(.blind(transfer)))
            emit(end(.transfer))
            write(caller.id, caller.spelling, talk.agent, "BLINDTRANSFER", ["300", "queues"] + lengths)
            if Bool.random(using: &random) {
                join(caller.id, caller.number)
            } else {
                roaming.append((caller.id, caller.number))
            }
        case 2:
            let transfer = AttendedTransfer(
                transferer: "9.1",
                secondTransferer: "9.2",
                transferee: caller.id,
                target: "9.3",
                destination: .bridge("b-1"),
                result: "Success"
            )
            emit(.transfer(.attended(transfer)))
            emit(end(.transfer))
            write(caller.id, caller.spelling, talk.agent, "ATTENDEDTRANSFER", ["BRIDGE", "b-1"] + lengths)
            roaming.append((caller.id, caller.number))
        case 3, 4, 5:
            emit(end(.agent))
            write(caller.id, caller.spelling, talk.agent, "COMPLETEAGENT", lengths)
            hangUp(caller.id)
        case 6:
            // The caller's channel is gone before the queue says so; then the event names no caller.
            hangUp(caller.id)
            emit(end(.caller, callerIsGone: true))
            write(caller.id, caller.spelling, talk.agent, "COMPLETECALLER", lengths)
        default:
            emit(end(.caller))
            write(caller.id, caller.spelling, talk.agent, "COMPLETECALLER", lengths)
            hangUp(caller.id)
        }
    }

    private mutating func changeMember() {
        let queue = pick(Self.queues)
        let agent = Int.random(in: 0..<Self.agents, using: &random)
        guard var member = members[queue]?[agent] else {
            members[queue, default: [:]][agent] = Member()
            emit(.queueMember(QueueMemberEvent(.added, facts(queue, agent, Member()))))
            return write("MANAGER", queue, agent, "ADDMEMBER", [])
        }
        let isBusy = talking.contains { $0.agent == agent } || waiting.contains { $0.ringing == agent }
        if !isBusy, Int.random(in: 0..<3, using: &random) == 0 {
            members[queue]?[agent] = nil
            emit(.queueMember(QueueMemberEvent(.removed, facts(queue, agent, member))))
            return write("MANAGER", queue, agent, "REMOVEMEMBER", [])
        }
        member.isPaused.toggle()
        member.reason = member.isPaused ? pick(["lunch", "meeting"]) : ""
        members[queue]?[agent] = member
        emit(.queueMember(QueueMemberEvent(.paused, facts(queue, agent, member))))
        write("NONE", queue, agent, member.isPaused ? "PAUSE" : "UNPAUSE", member.isPaused ? [member.reason] : [])
    }

    // MARK: What is sent and written

    /// What `QueueStatus` would list now.
    var items: [QueueSnapshotItem] {
        Self.queues.flatMap { queue -> [QueueSnapshotItem] in
            var about = QueueFacts(name: queue)
            (about.completed, about.abandoned) = (completed[queue] ?? 0, abandoned[queue] ?? 0)
            let people = (members[queue] ?? [:]).sorted { $0.key < $1.key }.map { agent, member in
                QueueSnapshotItem.member(facts(queue, agent, member))
            }
            let callers = waiting.filter { $0.queue == queue }.enumerated().map { index, caller in
                var facts = facts(caller, position: index + 1)
                facts.wait = Int(now.wholeSeconds - caller.entered.wholeSeconds)
                return QueueSnapshotItem.caller(facts)
            }
            return [.queue(about)] + people + callers
        }
    }

    private mutating func list() { steps.append(.lists(items, now)) }

    private mutating func emit(_ event: PBXEvent) { steps.append(.event(event, now)) }

    private mutating func hangUp(_ id: String) { emit(.channel(.hungUp(ChannelEnd(uniqueid: id, cause: 16)))) }

    private mutating func write(_ id: String, _ queue: String, _ agent: Int?, _ name: String, _ data: [String]) {
        let fields = ["\(now.wholeSeconds)", id, queue, agent.map(Self.name) ?? "NONE", name] + data
        log.append((fields.joined(separator: "|") + "\n", steps.count))
    }

    private mutating func pick(_ words: [String]) -> String { words.randomElement(using: &random) ?? "" }

    /// Callers of one queue stand in the order in which they entered.
    private func place(of index: Int) -> Int { waiting[...index].count { $0.queue == waiting[index].queue } }

    static func name(_ agent: Int) -> String { "Agent \(agent)" }

    private func facts(_ caller: Waiting, position: Int) -> QueueCallerFacts {
        var facts = QueueCallerFacts(queue: caller.queue, uniqueid: caller.id)
        (facts.channel, facts.number, facts.position) = ("PJSIP/\(caller.id)", caller.number, position)
        return facts
    }

    private func facts(_ queue: String, _ agent: Int, _ member: Member) -> QueueMemberFacts {
        var facts = QueueMemberFacts(queue: queue, interface: "PJSIP/10\(agent)", name: Self.name(agent))
        (facts.isPaused, facts.pausedReason, facts.status) = (member.isPaused, member.reason, .notInUse)
        facts.membership = "dynamic"
        facts.isInCall = talking.contains { $0.agent == agent && $0.caller.queue == queue }
        return facts
    }

    private func call(
        _ kind: QueueCallEvent.Kind,
        _ caller: Waiting,
        _ agent: Int,
        _ change: (inout QueueCallEvent) -> Void = { _ in }
    ) -> PBXEvent {
        var event = QueueCallEvent(
            kind,
            queue: caller.queue,
            caller: caller.id,
            interface: "PJSIP/10\(agent)",
            memberName: Self.name(agent)
        )
        event.phone = "\(caller.id)9"
        change(&event)
        return .queueCall(event)
    }
}

extension String {
    fileprivate enum Letters { case ascii }

    /// With the letters a to z in upper case: the only ones whose case Asterisk does not mind.
    fileprivate func uppercased(with _: Letters) -> String {
        String(decoding: utf8.map { (0x61...0x7A).contains($0) ? $0 & ~0x20 : $0 }, as: UTF8.self)
    }
}
