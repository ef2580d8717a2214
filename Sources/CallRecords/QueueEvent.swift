public import Base

/// One event of a call or an agent in the queue_log.
///
/// (Asterisk, `apps/app_queue.c`; docs.asterisk.org, *Queue Logs*.)
public struct QueueEvent: Hashable, Sendable {
    /// When it happened.
    public var at: Moment
    /// What happened.
    public var kind: Kind
    /// `nil` for NONE.
    public var queue: String?
    /// The member's name or interface; `nil` for NONE.
    public var agent: String?
    /// data1 … data5; `nil` where empty.
    public var data: InlineArray<5, String?>

    /// What happened.
    public enum Kind: String, Hashable, Sendable {
        case enterQueue = "ENTERQUEUE"
        case connect = "CONNECT"
        case completeCaller = "COMPLETECALLER"
        case completeAgent = "COMPLETEAGENT"
        /// Before Asterisk 12.
        case transfer = "TRANSFER"
        case blindTransfer = "BLINDTRANSFER"
        case attendedTransfer = "ATTENDEDTRANSFER"
        case abandon = "ABANDON"
        case exitWithTimeout = "EXITWITHTIMEOUT"
        case exitWithKey = "EXITWITHKEY"
        case exitEmpty = "EXITEMPTY"
        case withdraw = "WITHDRAW"
        /// The agent hung up while an announcement was played to them; the caller is hung up, too.
        case agentDump = "AGENTDUMP"
        /// The agent's phone and the caller's have no codec in common.
        case sysCompat = "SYSCOMPAT"
        case ringNoAnswer = "RINGNOANSWER"
        case ringCanceled = "RINGCANCELED"
        case addMember = "ADDMEMBER"
        case removeMember = "REMOVEMEMBER"
        case pause = "PAUSE"
        case unpause = "UNPAUSE"
        case pauseAll = "PAUSEALL"
        case unpauseAll = "UNPAUSEALL"
        case agentLogin = "AGENTLOGIN"
        case agentLogoff = "AGENTLOGOFF"
        case agentCallbackLogin = "AGENTCALLBACKLOGIN"
        case agentCallbackLogoff = "AGENTCALLBACKLOGOFF"
        /// The PBX was started: what was open is void.
        case queueStart = "QUEUESTART"
        /// Not Asterisk's: the connection to the PBX was lost, and the caller was not in the queue any more when it was back.
        case missed = "EVENTSMISSED"
    }

    /// An event as logged.
    public init(at: Moment, kind: Kind, queue: String?, agent: String?, data: InlineArray<5, String?>) {
        (self.at, self.kind, self.queue, self.agent, self.data) = (at, kind, queue, agent, data)
    }

    /// The events of a call in a queue.
    public static let visitKinds: [Kind] = [
        .enterQueue, .connect, .completeCaller, .completeAgent, .transfer, .blindTransfer, .attendedTransfer, .abandon,
        .exitWithTimeout, .exitWithKey, .exitEmpty, .withdraw, .agentDump, .sysCompat, .missed,
    ]

    /// The events of an agent's presence.
    public static let sessionKinds: [Kind] = [
        .addMember, .removeMember, .pause, .unpause, .pauseAll, .unpauseAll, .agentLogin, .agentLogoff,
        .agentCallbackLogin, .agentCallbackLogoff,
    ]
}

extension QueueEvent {
    /// Where an event comes from.
    public enum Source: String, Sendable {
        /// The PBX's own log.
        case queueLog = "queue_log"
        /// The manager interface; superseded by the log.
        case ami
    }

    /// Whole seconds the caller waited, as logged; `nil` where the event does not say.
    public var wait: Int32? {
        switch kind {
        case .connect, .completeCaller, .completeAgent: number(0)
        case .transfer, .blindTransfer: number(2)
        // BRIDGE and APP are followed by one field of their own, LINK by two.
        case .attendedTransfer: data[0] == "LINK" ? number(3) : number(2)
        case .abandon, .exitWithTimeout, .exitEmpty, .withdraw: number(2)
        case .exitWithKey: number(3)
        default: nil
        }
    }

    /// Whole seconds of talk, as logged.
    public var talk: Int32? {
        switch kind {
        case .completeCaller, .completeAgent: number(1)
        case .transfer, .blindTransfer: number(3)
        case .attendedTransfer: data[0] == "LINK" ? number(4) : number(3)
        default: nil
        }
    }

    /// Whole seconds that the answering member's phone rang.
    public var ring: Int32? { kind == .connect ? number(2) : nil }

    /// The caller's place in the queue when the visit began.
    public var entryPosition: Int32? { kind == .enterQueue ? number(2) : nil }

    /// The caller's place in the queue when the visit ended unserved.
    public var leftPosition: Int32? {
        switch kind {
        case .abandon, .exitWithTimeout, .exitEmpty, .withdraw: number(0)
        case .exitWithKey: number(1)
        default: nil
        }
    }

    /// The number in a data field. The fifth holds the rest of the line, of which the first field is meant.
    private func number(_ index: Int) -> Int32? {
        guard let text = data[index] else { return nil }
        let field = text.prefix { $0 != "|" }
        // Some versions write seconds with a fraction.
        return Int32(field.prefix { $0 != "." }).flatMap { $0 >= 0 ? $0 : nil }
    }

    /// The order of events of one second that nothing else tells apart: the same for the same events, however they came.
    public static func contentOrder(_ left: QueueEvent, _ right: QueueEvent) -> Bool {
        let key: (QueueEvent) -> [String] = { event in
            [event.queue ?? "", event.agent ?? "", event.kind.rawValue]
                + event.data.indices.map { event.data[$0] ?? "" }
        }
        return key(left).lexicographicallyPrecedes(key(right))
    }
}

extension QueueEvent {
    /// Whether all is the same, the data included.
    public static func == (left: QueueEvent, right: QueueEvent) -> Bool {
        left.at == right.at && left.kind == right.kind && left.queue == right.queue && left.agent == right.agent
            && left.data.indices.allSatisfy { left.data[$0] == right.data[$0] }
    }

    /// Hashes all but the data.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(at)
        hasher.combine(kind)
        hasher.combine(queue)
        hasher.combine(agent)
    }
}
