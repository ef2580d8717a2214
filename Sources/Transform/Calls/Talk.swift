internal import Base
internal import CallRecords

/// A stretch of time in which the customer spoke to somebody.
struct Talk {
    var start: Moment
    var end: Moment
    var ring: Int32?
    /// The extension that was reached.
    var party: String?
    /// The queue member, where the queue_log told of it.
    var agent: String?
    var isConference = false

    /// Seconds that at least one of the stretches covers; they are sorted by start.
    static func covered(_ talks: [Talk]) -> Int32 {
        var total: Int64 = 0
        var reached = Moment.distantPast
        for talk in talks {
            total += max(0, talk.end.seconds(since: max(talk.start, reached)))
            reached = max(reached, talk.end)
        }
        return Int32(clamping: total)
    }

    /// How often the customer was left with somebody else; the stretches are sorted by start.
    ///
    /// Who joins a talk and leaves it no later than the first party has not taken it over (a three-way call), and one
    /// phone in two legs (a Local channel that optimised itself away) is one party.
    static func transfers(_ talks: [Talk]) -> Int {
        talks.indices.count { index in
            let talk = talks[index]
            return talks[(index + 1)...].contains { later in
                later.end > talk.end && !later.isConference && (later.party == nil || later.party != talk.party)
            }
        }
    }
}

/// Reads stretches of talk off the legs.
struct TalkReader {
    let roles: LegRoles
    let numbers: NumberNormaliser

    /// Local channels behind Local channels are followed so far; follow-me takes two.
    private static let depth = 6

    /// The talk of a leg that was answered: one stretch, or as many as parties behind a Local channel took it in turn.
    func talks(of leg: LegView) -> [Talk] { talks(of: leg, until: leg.times.end, behind: nil, Self.depth) }

    private func talks(of leg: LegView, until end: Moment, behind parent: String?, _ depth: Int) -> [Talk] {
        let name = reached(by: leg) ?? parent
        // A caller's channel may have been answered long before anybody spoke; the dialled side's own leg knows when.
        let far = depth > 0 ? roles.farHalves(of: leg).filter { $0.isAnswered && $0.answer <= end } : []
        let behind = far.flatMap { talks(of: $0, until: min(end, leg.times.end), behind: name, depth - 1) }
        if !behind.isEmpty { return behind }
        // A queue's caller waits in the same leg in which the phone rings.
        let ring = leg.isQueue ? nil : Int32(clamping: max(0, leg.answer.seconds(since: leg.times.start)))
        return [
            Talk(
                start: leg.answer,
                end: max(leg.answer, min(end, leg.times.end)),
                ring: ring,
                party: name,
                isConference: leg.isConference
            )
        ]
    }

    /// Whole seconds that the party rang whom a leg tried in vain; `nil` where the leg holds other waiting, too.
    func ringing(of leg: LegView) -> Int32? {
        if let far = roles.farHalves(of: leg).last {
            return Int32(clamping: far.times.end.seconds(since: far.times.start))
        }
        return leg.isQueue ? nil : Int32(clamping: leg.times.end.seconds(since: leg.times.start))
    }

    /// The extension that a leg tried, looked for behind Local channels first.
    func extensionTried(by leg: LegView) -> String? {
        for far in roles.farHalves(of: leg) where far.hasParty {
            if let name = reached(by: far) { return name }
        }
        return reached(by: leg)
    }

    /// The other party's device, if it is named after an extension, else the extension that was dialled.
    private func reached(by leg: LegView) -> String? {
        let party = leg.party
        if case .extension(let number) = numbers.party(party.device, as: .caller), !party.isLine { return number }
        // A queue's own number looks like an extension.
        guard !leg.isQueue, !party.isLocal, case .extension(let number) = numbers.party(leg[.dst], as: .dialled) else {
            return nil
        }
        return number
    }
}

@available(*, unavailable)
extension TalkReader: Sendable {}
