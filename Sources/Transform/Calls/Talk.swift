import Base
import CallRecords

/// A span of time in which two parties spoke, according to a leg or a visit to a queue.
struct Talk {
    var start: Moment
    var end: Moment
    var ring: Int32?
    /// The extension that was reached.
    var party: String?
    /// The queue member, if the talk was found in the queue_log.
    var agent: String?
    var isConference = false
    /// The leg from which it was read, or the caller's leg if Local channels lie between; `nil` for a visit.
    var leg: LegView?
    /// The far party's channel, behind all Local channels.
    var far: ChannelName?
    /// Whether the caller waited in a queue on the way.
    var isQueued = false

    /// A span without length is not a conversation.
    var hasLength: Bool { end > start }

    /// The number of seconds covered by at least one of the talks, which are sorted by start.
    static func covered(_ talks: [Talk]) -> Int32 {
        var total: Int64 = 0
        var reached = Moment.distantPast
        for talk in talks {
            total += max(0, talk.end.seconds(since: max(talk.start, reached)))
            reached = max(reached, talk.end)
        }
        return Int32(clamping: total)
    }

    /// Talks from legs, sorted by start, without talks of zero length; these are kept only if there are no others.
    ///
    /// A Local channel that optimises itself away leaves a leg that was answered and ended in the same second. All of
    /// it was ringing, and the leg that follows it is the talk.
    static func settled(_ unsorted: [Talk]) -> [Talk] {
        if unsorted.count < 2 { return unsorted }
        let talks = unsorted.sorted { $0.start < $1.start }
        guard let first = talks.firstIndex(where: \.hasLength), !talks.allSatisfy(\.hasLength) else { return talks }
        var settled = talks.filter(\.hasLength)
        let replaced = talks[..<first].last {
            $0.leg?.key == talks[first].leg?.key && talks[first].start.seconds(since: $0.end) <= 1
        }
        if let replaced, let ring = replaced.ring, settled[0].ring ?? 0 < ring { settled[0].ring = ring }
        if settled[0].party == nil { settled[0].party = replaced?.party }
        return settled
    }
}

@available(*, unavailable)
extension Talk: Sendable {}

/// Reads talks from the legs.
struct TalkReader {
    let roles: LegRoles
    let numbers: NumberNormaliser

    /// How many Local channels behind one another are followed; follow-me uses two.
    private static let depth = 6

    /// The talk of an answered leg: one span, or several if parties behind a Local channel took turns.
    func talks(of leg: LegView) -> [Talk] {
        var talks = talks(of: leg, until: leg.times.end, behind: nil, Self.depth)
        for index in talks.indices { talks[index].leg = leg }
        return talks
    }

    private func talks(of leg: LegView, until end: Moment, behind parent: String?, _ depth: Int) -> [Talk] {
        let name = reached(by: leg) ?? parent
        // A caller's channel may have been answered long before anybody spoke; the dialled side's own leg shows when
        // they did.
        let far =
            depth > 0
            ? roles.farHalves(of: leg).filter {
                !$0.isAgentRequest && ($0.isConversation || !$0.hasParty) && $0.isAnswered && $0.answer <= end
            }
            : []
        var behind = far.flatMap { talks(of: $0, until: min(end, leg.times.end), behind: name, depth - 1) }
        if !behind.isEmpty {
            if leg.isQueue { for index in behind.indices { behind[index].isQueued = true } }
            return behind
        }
        // A queue's caller waits in the same leg in which the phone rings.
        let ring = leg.isQueue ? nil : Int32(clamping: max(0, leg.answer.seconds(since: leg.times.start)))
        return [
            Talk(
                start: leg.answer,
                end: max(leg.answer, min(end, leg.times.end)),
                ring: ring,
                party: name,
                isConference: leg.isConference,
                far: leg.hasParty ? leg.party : nil,
                isQueued: leg.isQueue
            )
        ]
    }

    /// The talk of a caller with a logged-in agent, which only the leg of the login shows: it begins with the login or
    /// at the end of the agent's last talk.
    func talksWithAgents(of leg: LegView) -> [Talk] {
        guard leg.isAgentRequest, !leg.channel.isLocal else { return [] }
        return roles.logins.filter { $0.isAnswered && $0[.dstchannel].elementsEqual(leg[.channel]) }.map { login in
            let start = max(login.answer, leg.times.start)
            return Talk(
                start: start,
                end: max(start, login.times.end),
                ring: Int32(clamping: start.seconds(since: leg.times.start)),
                party: numbers.phone(of: login.channel),
                leg: leg,
                far: login.channel
            )
        }
    }

    /// How long a party rang that a leg tried without success, in whole seconds; `nil` if the leg includes other
    /// waiting.
    func ringing(of leg: LegView) -> Int32? {
        if let far = roles.farHalves(of: leg).last {
            return Int32(clamping: far.times.end.seconds(since: far.times.start))
        }
        return leg.isQueue ? nil : Int32(clamping: leg.times.end.seconds(since: leg.times.start))
    }

    /// The extension that a leg tried; searched for behind Local channels first.
    func extensionTried(by leg: LegView) -> String? {
        for far in roles.farHalves(of: leg) where far.hasParty {
            if let name = reached(by: far) { return name }
        }
        return reached(by: leg)
    }

    /// The extension whose phone a leg spoke to, also behind Local channels; `nil` if it is a line or unknown.
    func extensionBehind(_ leg: LegView) -> String? {
        for far in roles.farHalves(of: leg) where far.isConversation { return numbers.phone(of: far.party) }
        return numbers.phone(of: leg.party)
    }

    /// The other party's device if it is named after an extension, otherwise the dialled extension.
    private func reached(by leg: LegView) -> String? {
        let party = leg.party
        if let number = numbers.phone(of: party) { return number }
        // A queue's own number looks like an extension.
        guard !leg.isQueue, !party.isLocal, case .extension(let number) = numbers.party(leg[.dst], as: .dialled) else {
            return nil
        }
        return number
    }
}

@available(*, unavailable)
extension TalkReader: Sendable {}
