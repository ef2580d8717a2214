import Base
import CallRecords

/// Who spoke to whom and when, to distinguish transfers from everything else that changes the parties of a call.
///
/// A transfer leaves one party with another: the one who stays had one partner and then a different one. It is not a
/// transfer if the same two talk again (a parked call that came back, a Local channel that optimised itself away), or
/// if people join or leave while others stay (a conference).
struct Company {
    /// Two people who were connected for a while.
    private struct Link {
        var one: Hash128
        var other: Hash128
        var start: Moment
        var end: Moment
        var isConference: Bool

        func partner(of person: Hash128) -> Hash128? {
            one == person ? other : other == person ? one : nil
        }
    }

    private struct Partner {
        var person: Hash128
        var start: Moment
        var end: Moment
        var isConference: Bool
    }

    private let links: [Link]
    private let customer: Hash128?

    /// - Parameter talks: of all legs of the call, sorted by start.
    init(_ talks: [Talk], _ side: CustomerSide, _ roles: LegRoles, _ numbers: NumberNormaliser) {
        let naming = Naming(side, talks, roles, numbers)
        customer = side.channels.isEmpty ? nil : Naming.customer
        links = talks.enumerated().compactMap { index, talk in
            guard talk.hasLength, let leg = talk.leg else { return nil }
            let one = naming.person(near: leg)
            let other = naming.person(far: talk, at: index, in: talks)
            guard one != other else { return nil }
            return Link(one: one, other: other, start: talk.start, end: talk.end, isConference: talk.isConference)
        }
    }

    /// How often somebody was left with somebody else: the customer, or if there is none, the person present from the
    /// first talk to the last.
    var transfers: Int {
        guard links.count > 1, let first = links.first, let last = links.max(by: { $0.end < $1.end }) else { return 0 }
        if let customer { return transfers(of: customer) }
        if let stayed = [last.one, last.other].first(where: { first.partner(of: $0) != nil }) {
            return transfers(of: stayed)
        }
        return Set(links.flatMap { [$0.one, $0.other] }).map(transfers).max() ?? 0
    }

    private func transfers(of person: Hash128) -> Int {
        let partners = partners(of: person)
        let moments = Set(partners.flatMap { [$0.start, $0.end] }).sorted()
        var count = 0
        var company: Set<Hash128> = []
        for (from, to) in zip(moments, moments.dropFirst()) {
            let present = partners.filter { $0.start < to && $0.end > from }
            if present.isEmpty { continue }
            let now = Set(present.map(\.person))
            if !company.isEmpty, company.isDisjoint(with: now), !present.contains(where: \.isConference) { count += 1 }
            company = now
        }
        return count
    }

    private func partners(of person: Hash128) -> [Partner] {
        var partners = links.compactMap { link in
            link.partner(of: person).map {
                Partner(person: $0, start: link.start, end: link.end, isConference: link.isConference)
            }
        }
        // A leg may end long after its party has left. A person who arrives later and stays longer has taken over,
        // unless the two were connected with each other in the meantime.
        for index in partners.indices {
            for later in partners[(index + 1)...]
            where later.person != partners[index].person && later.start < partners[index].end
                && later.end > partners[index].end
                && !areConnected(later.person, partners[index].person, from: later.start, to: partners[index].end)
            {
                partners[index].end = later.start
            }
        }
        return partners.filter { $0.end > $0.start }
    }

    private func areConnected(_ one: Hash128, _ other: Hash128, from start: Moment, to end: Moment) -> Bool {
        links.contains { $0.partner(of: one) == other && $0.start < end && $0.end > start }
    }
}

@available(*, unavailable)
extension Company: Sendable {}

/// Which person a channel is: the customer, the extension whose phone it is, otherwise the device, otherwise the
/// channel itself.
private struct Naming {
    static let customer = Hash128(content: 1)
    private let side: CustomerSide
    private let roles: LegRoles
    private let numbers: NumberNormaliser
    /// Peers on which the customer came in or was called. Such a peer is a line, and each channel on it is a different
    /// person.
    private let lines: Set<Hash128>

    init(_ side: CustomerSide, _ talks: [Talk], _ roles: LegRoles, _ numbers: NumberNormaliser) {
        (self.side, self.roles, self.numbers) = (side, roles, numbers)
        guard !side.channels.isEmpty else {
            lines = []
            return
        }
        let names = talks.lazy.flatMap { [$0.leg?.channel, $0.far].compactMap(\.self) }
        lines = Set(names.filter { side.channels.contains(Hash128($0.pair)) }.map { Hash128($0.peerName) })
    }

    /// The person on a leg's own channel. The near half of a Local channel is the person that the far half rang.
    func person(near leg: LegView) -> Hash128 {
        let channel = leg.channel
        if isCustomer(channel) { return Self.customer }
        for far in roles.farHalves(of: channel) where far.isConversation { return person(far.party) }
        return person(channel)
    }

    func person(far talk: Talk, at index: Int, in talks: [Talk]) -> Hash128 {
        guard let leg = talk.leg else { return .ofNothing }
        let channel = talk.far ?? leg.party
        if isCustomer(channel) || isCustomer(leg.party) { return Self.customer }
        // A channel that the same application rang at the same time in place of a Local channel is the person behind
        // it.
        if channel.isLocal, numbers.phone(of: channel) == nil {
            let next = talks[(index + 1)...].first { later in
                guard let other = later.leg, other.key == leg.key, later.far?.isLocal == false else { return false }
                return abs(later.start.seconds(since: talk.end)) <= 1 && other[.lastdata].elementsEqual(leg[.lastdata])
            }
            if let party = next?.far { return person(party) }
        }
        return person(channel)
    }

    private func isCustomer(_ channel: ChannelName) -> Bool {
        !side.channels.isEmpty && side.channels.contains(Hash128(channel.pair))
    }

    private func person(_ channel: ChannelName) -> Hash128 {
        if isCustomer(channel) { return Self.customer }
        if var number = numbers.phone(of: channel) { return number.withUTF8 { Hash128($0) } }
        let device = Hash128(channel.peerName)
        return channel.isLine || channel.isLocal || lines.contains(device) ? Hash128(channel.pair) : device
    }
}

@available(*, unavailable)
extension Naming: Sendable {}
