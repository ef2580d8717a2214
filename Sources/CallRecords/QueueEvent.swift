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
    /// data1 … data5; `nil` if empty.
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
        /// The agent hung up during an announcement to the agent; the caller is disconnected too.
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
        /// The PBX was started: nothing that was open continues.
        case queueStart = "QUEUESTART"
        /// Not an event of Asterisk's: the connection to the PBX was lost, and the caller had left the queue when it
        /// was restored.
        case missed = "EVENTSMISSED"
    }

    /// An event as it was logged.
    public init(at: Moment, kind: Kind, queue: String?, agent: String?, data: InlineArray<5, String?>) {
        (self.at, self.kind, self.queue, self.agent, self.data) = (at, kind, queue, agent, data)
    }

    /// The events of a call's visit to a queue.
    public static let visitKinds: [Kind] = [
        .enterQueue, .connect, .completeCaller, .completeAgent, .transfer, .blindTransfer, .attendedTransfer, .abandon,
        .exitWithTimeout, .exitWithKey, .exitEmpty, .withdraw, .agentDump, .sysCompat, .missed,
    ]

    /// The events of an agent's session.
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

    /// How long the caller waited, in whole seconds as logged; `nil` if the event does not say.
    public var wait: Int32? {
        switch kind {
        case .connect, .completeCaller, .completeAgent: number(0)
        case .transfer, .blindTransfer: number(2)
        // BRIDGE and APP are followed by one field, LINK by two.
        case .attendedTransfer: data[0] == "LINK" ? number(3) : number(2)
        case .abandon, .exitWithTimeout, .exitEmpty, .withdraw: number(2)
        case .exitWithKey: number(3)
        default: nil
        }
    }

    /// The length of the talk, in whole seconds as logged.
    public var talk: Int32? {
        switch kind {
        case .completeCaller, .completeAgent: number(1)
        case .transfer, .blindTransfer: number(3)
        case .attendedTransfer: data[0] == "LINK" ? number(4) : number(3)
        default: nil
        }
    }

    /// How long the answering member's phone rang, in whole seconds.
    public var ring: Int32? { kind == .connect ? number(2) : nil }

    /// The caller's place in the queue when the visit began.
    public var entryPosition: Int32? { kind == .enterQueue ? number(2) : nil }

    /// The caller's place in the queue when the visit ended without an answer.
    public var leftPosition: Int32? {
        switch kind {
        case .abandon, .exitWithTimeout, .exitEmpty, .withdraw: number(0)
        case .exitWithKey: number(1)
        default: nil
        }
    }

    /// The number in a data field. The fifth field holds the rest of the line, of which only the first part counts.
    private func number(_ index: Int) -> Int32? {
        guard let text = data[index] else { return nil }
        let field = text.prefix { $0 != "|" }
        // Some versions write fractions of a second.
        return Int32(field.prefix { $0 != "." }).flatMap { $0 >= 0 ? $0 : nil }
    }

    /// The order of events of the same second that nothing else orders: the same for the same events, however they
    /// arrive.
    public static func contentOrder(_ left: QueueEvent, _ right: QueueEvent) -> Bool {
        let key: (QueueEvent) -> [String] = { event in
            [event.queue ?? "", event.agent ?? "", event.kind.rawValue]
                + event.data.indices.map { event.data[$0] ?? "" }
        }
        return key(left).lexicographicallyPrecedes(key(right))
    }
}

extension QueueEvent {
    /// Whether everything is equal, including the data.
    public static func == (left: QueueEvent, right: QueueEvent) -> Bool {
        left.at == right.at && left.kind == right.kind && left.queue == right.queue && left.agent == right.agent
            && left.data.indices.allSatisfy { left.data[$0] == right.data[$0] }
    }

    /// Hashes everything but the data.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(at)
        hasher.combine(kind)
        hasher.combine(queue)
        hasher.combine(agent)
    }
}
