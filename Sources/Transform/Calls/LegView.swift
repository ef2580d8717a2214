import Base
import CallRecords

/// One leg, read in place.
struct LegView {
    let texts: UnsafeTexts
    let index: Int
    let times: LegTimes
    /// Seconds from the answer to the end, as logged.
    let billsec: Int32
    /// How the attempt ended; `nil` if the PBX did not say.
    let disposition: Disposition?
    /// Whether somebody or something answered.
    let isAnswered: Bool
    /// `nil` if the PBX logs none.
    let uniqueid: ChannelID?
    /// `nil` if the PBX logs none.
    let linkedid: ChannelID?
    /// The leg's own channel.
    let channel: ChannelName
    /// The channel that it tried.
    let party: ChannelName

    init(_ texts: UnsafeTexts, _ index: Int, of page: CallLegs) {
        self.texts = texts
        self.index = index
        times = page.times[index]
        let header = page.legs.headers[index]
        billsec = header.billsec ?? 0
        disposition = header.disposition
        isAnswered = header.isAnswered || header.disposition == nil && page.times[index].answer != nil
        uniqueid = header.uniqueid
        linkedid = header.linkedid
        channel = ChannelName(texts[index, .channel])
        party = ChannelName(texts[index, .dstchannel])
    }

    /// Distinguishes the leg's channel from the others of the call.
    var key: Hash128 { uniqueid?.hash ?? .ofNothing }

    subscript(field: CDRField) -> UnsafeBufferPointer<UInt8> { texts[index, field] }

    func string(_ field: CDRField) -> String? {
        self[field].isEmpty ? nil : String(decoding: self[field], as: UTF8.self)
    }

    func has(_ field: CDRField, _ word: StaticString) -> Bool {
        word.withUTF8Buffer { $0.count == self[field].count && $0.elementsEqual(self[field]) }
    }

    /// Whether a second party was tried.
    var hasParty: Bool { !self[.dstchannel].isEmpty }
    var isQueue: Bool { has(.lastapp, "Queue") }
    /// The caller's number; if `src` is empty, the content of `clid`.
    var caller: UnsafeBufferPointer<UInt8> { self[.src].isEmpty ? self[.clid] : self[.src] }
    /// A mailbox took the call: no person spoke to the caller.
    var isMailbox: Bool { has(.lastapp, "VoiceMail") }
    var isConference: Bool { has(.lastapp, "ConfBridge") || has(.lastapp, "MeetMe") }
    /// The channel was called by the PBX and has not run any dialplan yet: `Dial()`, `Queue()`, AMI, ARI or a call file
    /// created it. Such a channel never called anybody.
    var isDialled: Bool {
        has(.lastapp, "AppDial") || has(.lastapp, "AppDial2") || has(.lastapp, "AppQueue")
            || has(.lastdata, "(Outgoing Line)")
    }
    /// An announcement to many phones, none of which answers it.
    var isPage: Bool { has(.lastapp, "Page") }
    /// A party that is alone with the PBX speaks to nobody: agents waiting for calls, parked callers, music,
    /// supervisors.
    var isIdle: Bool { isLogin || !hasParty && (isDialled || Self.idleApplications.contains { has(.lastapp, $0) }) }
    private static let idleApplications: [StaticString] = [
        "AgentLogin", "AgentCallbackLogin", "AgentMonitorOutgoing", "AgentRequest", "Park", "ParkAndAnnounce",
        "MusicOnHold", "StartMusicOnHold", "WaitMusicOnHold", "Wait", "WaitExten", "WaitForSilence", "WaitForNoise",
        "WaitUntil", "ChanSpy", "ExtenSpy", "Pickup", "PickupChan", "Page", "Parkedcallann",
    ]
    /// The login of an agent, whose calls are recorded in the legs of the callers.
    var isLogin: Bool { has(.lastapp, "AgentLogin") }
    /// The caller's side of a call to a logged-in agent: it ends when the agent is connected.
    var isAgentRequest: Bool { has(.lastapp, "AgentRequest") }
    /// The other party was spoken to, as far as this leg shows.
    var isConversation: Bool { hasParty && isAnswered && !isPage && !isLogin }
    /// When the leg's own channel was answered.
    var answer: Moment { times.answer ?? times.end.adding(seconds: -Int64(billsec)) }

    /// The first argument of `Queue(support,t,,,40)`.
    var queueName: String? {
        guard isQueue else { return nil }
        let name = self[.lastdata].prefix { $0 != UInt8(ascii: ",") && $0 != UInt8(ascii: "|") }
        return name.isEmpty ? nil : String(decoding: name, as: UTF8.self)
    }
}

@available(*, unavailable)
extension LegView: Sendable {}
