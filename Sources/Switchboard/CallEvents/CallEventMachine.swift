public import Base
import CallRecords

/// Turns the events of a PBX into notices about its calls: ringing, answered, ended, lost, missed, and for each agent
/// whose phone rings, one pop that opens and closes.
///
/// The call decides, not the channel. A call that rings five agents is answered if one of them talks to the caller. Two
/// parties talk when two channels that are not halves of Local channels hear each other, possibly through Local channels, or
/// when a queue has connected a member; a mailbox, a menu and music are nobody. A call that was answered once is
/// neither lost nor missed, whatever follows. Pure: it is told the time.
public struct CallEventMachine: Sendable {
    /// Reads numbers.
    public let reader: any CallReader
    var calls = ActiveCalls(variablesPerCall: 0)
    /// By the call's id; exactly one for each of ``calls``.
    var tracks: [String: CallTrack] = [:]
    /// The channel that dialled a channel.
    var diallers: [String: String] = [:]
    /// The members of queues whose phones ring or talk, by the channel to the phone.
    var members: [String: CallAgent] = [:]
    /// Who picked up the ringing call of a channel.
    var takers: [String: CallAgent] = [:]
    /// The call in which a phone rings.
    var callOfPhone: [String: String] = [:]
    /// What the current event has led to.
    var notices: [CallNotice] = []

    /// No calls.
    public init(reader: any CallReader) { self.reader = reader }

    /// The number of calls in progress.
    public var count: Int { tracks.count }

    /// Takes an event that happened at `time`, and returns what it means for calls.
    public mutating func take(_ event: PBXEvent, at time: Moment) -> [CallNotice] {
        notices = []
        var before: String?
        if case .channel(.hungUp(let end)) = event {
            before = calls.callOfChannel[end.uniqueid]
            stopsRinging(end.uniqueid, time)
        }
        for change in calls.apply(event, at: time) {
            switch change.end {
            case .mergedInto(let id): merge(change.call, into: id, time)
            case .hungUp: finish(change.call, time)
            case nil: follow(change.call)
            }
        }
        react(to: event, before, time)
        return notices
    }

    /// The track of a call that has changed.
    private mutating func follow(_ call: ActiveCalls.Call) {
        var track = tracks[call.id] ?? CallTrack(call)
        if track.basis != (call.channels.count, call.dialled, call.callerNumber) {
            track.basis = (call.channels.count, call.dialled, call.callerNumber)
            track.direction = reader.direction(of: call)
        }
        tracks[call.id] = track
    }

    private mutating func react(to event: PBXEvent, _ before: String?, _ time: Moment) {
        switch event {
        case .channel(let event): react(to: event, before, time)
        case .dial(.began(let dial)):
            guard let called = dial.called, let caller = dial.caller, let channel = channel(called) else { return }
            // A channel that is up already is not rung: it takes a call that rings elsewhere.
            if channel.state == .up { taken(by: channel, from: caller, time) }
            diallers[called] = caller
        case .dial(.ended(let dial, let result)):
            if result == .answer { picksUp(dial.called) }
            if result == .cancel, let called = dial.called, let id = callOfPhone[called] {
                tracks[id]?.cancelled.insert(called)
            }
        case .bridge(.entered(let move)), .bridge(.left(let move)):
            if let id = calls.callOfChannel[move.channel.uniqueid] { look(at: id, time) }
        case .transfer(.pickedUp(let pickup)): taken(pickup, time)
        case .queueCaller(let event): if event.kind == .joined { joined(event.caller, time) }
        case .queueCall(let event): react(to: event, time)
        case .transfer, .parking, .queueMember, .originate, .device, .media, .system, .other: break
        }
    }

    private mutating func react(to event: ChannelEvent, _ before: String?, _ time: Moment) {
        switch event {
        case .created(let channel), .changed(let channel):
            if channel.state == .ringing { rings(channel.uniqueid, time) }
        case .runs(let channel):
            guard Self.mailboxes.contains(channel.application.lowercased()),
                let id = calls.callOfChannel[channel.uniqueid], var track = tracks[id]
            else { return }
            track.mailboxes.insert(channel.uniqueid)
            if !track.isAnswered { track.hasReachedVoicemail = true }
            tracks[id] = track
        case .variableSet(let setting):
            guard setting.variable.name == "MIXMONITOR_FILENAME", !setting.variable.value.isEmpty,
                let id = setting.uniqueid.flatMap({ calls.callOfChannel[$0] })
            else { return }
            tracks[id]?.recording = setting.variable.value
        case .hangupRequested(let end):
            guard let id = calls.callOfChannel[end.uniqueid], tracks[id]?.caller == end.uniqueid else { return }
            tracks[id]?.callerLeaves = true
        case .hungUp(let end):
            (diallers[end.uniqueid], members[end.uniqueid], takers[end.uniqueid]) = (nil, nil, nil)
            guard let before else { return }
            tracks[before]?.connected.remove(end.uniqueid)
            tracks[before]?.rung.remove(end.uniqueid)
            tracks[before]?.cancelled.remove(end.uniqueid)
            tracks[before]?.mailboxes.remove(end.uniqueid)
            look(at: before, time)
        case .renamed, .localPair, .spyBegan: break
        }
    }

    private mutating func joined(_ caller: QueueCallerFacts, _ time: Moment) {
        guard let id = calls.callOfChannel[caller.uniqueid] else { return }
        tracks[id]?.wasQueued = true
        if tracks[id]?.waitsFrom == nil { tracks[id]?.waitsFrom = time }
    }

    /// Applications that record a message (app_voicemail, app_minivm), in lower case.
    private static let mailboxes: Set<String> = ["voicemail", "minivmrecord", "minivmgreet"]
}

// Notices.
extension CallEventMachine {
    /// Adds a notice about a call that is in progress.
    mutating func tell(
        _ kind: CallNotice.Kind,
        _ id: String,
        _ time: Moment,
        _ fill: (inout CallNotice) -> Void = { _ in }
    ) {
        guard let call = calls.calls[id], let track = tracks[id] else { return }
        tell(kind, call, track, time, fill)
    }

    /// Adds a notice about a call with its last state.
    mutating func tell(
        _ kind: CallNotice.Kind,
        _ call: ActiveCalls.Call,
        _ track: CallTrack,
        _ time: Moment,
        _ fill: (inout CallNotice) -> Void = { _ in }
    ) {
        let word = kind.rawValue.split(separator: ".").last.map(String.init) ?? ""
        var notice = CallNotice(kind, id: "\(call.id)/\(word)", at: time, call: track.facts(of: call, at: time))
        fill(&notice)
        notices.append(notice)
    }

    /// Who a channel is: a queue's member, also through the Local channels between the queue and the phone, or the
    /// extension whose phone it is.
    func agent(of uniqueid: String) -> CallAgent? {
        if let taker = takers[uniqueid] { return taker }
        var current = uniqueid
        // A chain of Local channels is short; a longer one is a loop.
        for _ in 0..<16 {
            if let member = members[current] { return member }
            let other = otherHalf(of: current)
            if let member = other.flatMap({ members[$0] }) { return member }
            guard let dialler = diallers[current] ?? other.flatMap({ diallers[$0] }), dialler != current else { break }
            current = dialler
        }
        return channel(uniqueid).flatMap { reader.phone(ofChannel: $0.name) }.map { CallAgent(extension: $0) }
    }

    func channel(_ uniqueid: String) -> ChannelSnapshot? {
        guard let id = calls.callOfChannel[uniqueid] else { return nil }
        return calls.calls[id]?.channels.first { $0.uniqueid == uniqueid }
    }

    /// The uniqueid of the other half of a Local channel.
    func otherHalf(of uniqueid: String) -> String? {
        guard let base = channel(uniqueid)?.localBase, let id = calls.callOfChannel[uniqueid] else { return nil }
        return calls.calls[id]?.channels.first { $0.localBase == base && $0.uniqueid != uniqueid }?.uniqueid
    }
}
