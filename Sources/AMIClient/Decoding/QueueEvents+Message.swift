public import AMI
public import Base
public import Switchboard

extension QueueCallerFacts {
    /// The caller in a `QueueEntry` item or a `QueueCaller…` event; nil without a uniqueid.
    init?(_ message: Message, queue: String) {
        guard let uniqueid = message.nonEmpty("Uniqueid") else { return nil }
        self.init(queue: queue, uniqueid: uniqueid)
        channel = message["Channel"] ?? ""
        number = message.nonEmpty("CallerIDNum") ?? ""
        name = message.nonEmpty("CallerIDName") ?? ""
        position = message.integer("Position")
        firstPosition = message.integer("OriginalPosition")
        wait = message.wholeSpan("HoldTime") ?? message.wholeSpan("Wait")
    }
}

extension QueueMemberFacts {
    /// The member in a `QueueMember` item or a `QueueMember…` event, whose fields have other names.
    init(_ message: Message, queue: String) {
        self.init(
            queue: queue,
            interface: message.nonEmpty("Interface") ?? message.nonEmpty("Location"),
            name: message.nonEmpty("MemberName") ?? message.nonEmpty("Name")
        )
        stateInterface = message.nonEmpty("StateInterface")
        membership = message["Membership"]
        status = message.integer("Status").flatMap(QueueBoard.Member.Status.init(rawValue:))
        penalty = message.integer("Penalty")
        callsTaken = message.integer("CallsTaken")
        lastCall = message.moment("LastCall")
        isPaused = message.flag("Paused")
        pausedReason = message["PausedReason"]
        pausedSince = message.moment("LastPause")
        loggedInSince = message.moment("LoginTime")
        isInCall = message.flag("InCall") ?? message.flag("IsInCall")
    }
}

extension QueueCallEvent {
    init(_ kind: Kind, _ message: Message, queue: String) {
        self.init(
            kind,
            queue: queue,
            caller: message.nonEmpty("Uniqueid"),
            interface: message.nonEmpty("Interface"),
            memberName: message.nonEmpty("MemberName")
        )
        phone = message.nonEmpty("DestUniqueid")
        wait = message.wholeSpan("HoldTime")
        talk = message.wholeSpan("TalkTime")
        ring = message.wholeSpan("RingTime")
    }
}

extension QueueFacts {
    init(_ message: Message, name: String) {
        self.init(name: name)
        strategy = message["Strategy"] ?? ""
        maximum = message.integer("Max") ?? 0
        completed = message.integer("Completed") ?? 0
        abandoned = message.integer("Abandoned") ?? 0
        holdTime = message.integer("Holdtime") ?? 0
        talkTime = message.integer("TalkTime") ?? 0
        serviceLevel = message.integer("ServiceLevel") ?? 0
        serviceLevelPerf = message.number("ServicelevelPerf") ?? 0
        serviceLevelPerf2 = message.number("ServicelevelPerf2")
    }
}

extension QueueSnapshotItem {
    /// An item of `QueueStatus`; nil for an item of another list.
    public init?(_ message: Message) {
        guard let queue = message["Queue"] else { return nil }
        switch message.eventName {
        case "QueueParams": self = .queue(QueueFacts(message, name: queue))
        case "QueueMember": self = .member(QueueMemberFacts(message, queue: queue))
        case "QueueEntry":
            guard let caller = QueueCallerFacts(message, queue: queue) else { return nil }
            self = .caller(caller)
        default: return nil
        }
    }
}

extension QueueBoard {
    /// Takes the items of a complete `QueueStatus`.
    public mutating func replace(with items: [Message], at now: Moment) {
        replace(with: items.compactMap { QueueSnapshotItem($0) }, at: now)
    }
}

extension QueueLogWriter {
    /// The events that it needs. Those of older versions have other names before they are decoded.
    ///
    /// Some are wildcards, by which the PBX does not filter: a session that first has to set filters receives no
    /// `FullyBooted`.
    public static let events = [
        "QueueCaller*", "QueueMember*", "AgentCalled", "DialEnd", "AgentConnect", "AgentComplete", "AgentRingNoAnswer",
        "AgentDump", "VarSet", "Newexten", "Hangup", "BlindTransfer", "AttendedTransfer", "FullyBooted",
    ]
    /// The classes of these events.
    public static let mask: EventMask = [.system, .call, .agent, .dialplan]
}
