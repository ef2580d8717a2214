import Base
import CallRecords

/// What ``CallEventMachine`` remembers of a call besides its channels.
struct CallTrack: Sendable {
    /// An agent's phones that ring.
    struct Pop: Sendable {
        let id: String
        var agent: CallAgent
        /// The uniqueids of the channels to the phones.
        var phones: Set<String>
    }

    /// The uniqueid of the channel that began the call.
    let caller: String
    var startedAt: Moment
    var direction = Call.Direction.unknown
    /// What ``direction`` was last derived from.
    var basis: (channels: Int, dialled: String, caller: String) = (0, "", "")
    /// Whether the beginning was not seen.
    var isIncomplete = false
    var hasRung = false
    var wasQueued = false
    /// When the caller entered the first queue.
    var waitsFrom: Moment?
    var isAnswered = false
    var answeredAt: Moment?
    /// Since when two parties have heard each other.
    var talksSince: Moment?
    var talk = Duration.zero
    /// Whether they already did when the call was first seen.
    var hasUnseenTalk = false
    /// Phones that a queue has connected and that still are.
    var connected: Set<String> = []
    var pops: [Pop] = []
    /// How often each agent's phones have rung.
    var rings: [String: Int] = [:]
    /// Channels for which a pop was opened, so that a late change of one does not open another.
    var rung: Set<String> = []
    /// Phones that were told to stop ringing although nobody answered.
    var cancelled: Set<String> = []
    /// The agent whose phone was picked up, until both parties are connected.
    var answering: CallAgent?
    /// Whether the caller's channel has been asked to hang up.
    var callerLeaves = false
    /// Channels that are in a mailbox.
    var mailboxes: Set<String> = []
    var hasReachedVoicemail = false
    var recording: String?
    var rang: [CallAgent] = []
    var talked: [CallAgent] = []

    init(_ call: ActiveCalls.Call) {
        caller = call.channels.first?.uniqueid ?? call.id
        startedAt = call.startedAt
    }

    /// The most agents that are listed.
    private static let most = 64

    mutating func noteRing(of agent: CallAgent) { Self.note(agent, in: &rang) }

    mutating func noteTalk(of agent: CallAgent) { Self.note(agent, in: &talked) }

    private static func note(_ agent: CallAgent, in list: inout [CallAgent]) {
        if let index = list.firstIndex(where: { $0.key == agent.key }) {
            if list[index].name == nil { list[index].name = agent.name }
        } else if list.count < most {
            list.append(agent)
        }
    }

    /// Takes over what goes on in a call that became part of this one.
    mutating func absorb(_ other: CallTrack) {
        startedAt = min(startedAt, other.startedAt)
        pops += other.pops
        rung.formUnion(other.rung)
        cancelled.formUnion(other.cancelled)
        connected.formUnion(other.connected)
        mailboxes.formUnion(other.mailboxes)
        hasRung = hasRung || other.hasRung
        if recording == nil { recording = other.recording }
        if answering == nil { answering = other.answering }
        for agent in other.rang { noteRing(of: agent) }
        for agent in other.talked { noteTalk(of: agent) }
        rings.merge(other.rings) { max($0, $1) }
    }

    /// What is known at a moment.
    func facts(of call: ActiveCalls.Call, at now: Moment) -> CallFacts {
        var facts = CallFacts(linkedid: call.id, startedAt: startedAt)
        facts.direction = direction
        (facts.callerNumber, facts.callerName, facts.dialled) = (call.callerNumber, call.callerName, call.dialled)
        facts.queue = call.queue
        facts.answeredAt = answeredAt
        (facts.rang, facts.talked) = (rang, talked)
        if !isAnswered || answeredAt != nil {
            facts.wait = max(.zero, (answeredAt ?? now) - (waitsFrom ?? startedAt))
        }
        let current = talksSince.map { max(.zero, now - $0) } ?? .zero
        facts.talk = hasUnseenTalk ? nil : talk + current
        facts.recording = recording
        (facts.hasReachedVoicemail, facts.isIncomplete) = (hasReachedVoicemail, isIncomplete)
        return facts
    }
}
