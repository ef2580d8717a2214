import Base
import CallRecords

/// The customer's part of a call: the channels that the customer had, one after another, and the legs in which they
/// took part.
///
/// Asterisk replaces channels: a Local channel between two parties optimises itself away, a phone picks up another
/// phone's call, a transfer substitutes one channel for another. So the customer is not one name, but all channels that
/// are found by following the legs in time.
struct CustomerSide {
    /// By the name that both halves of a Local channel share; empty if nobody is a customer.
    private(set) var channels: Set<Hash128> = []
    /// The customer's conversations; all conversations if nobody is a customer or none of the customer's are known.
    private(set) var legs: [LegView]

    init(_ parties: CallParties, _ conversations: [LegView], _ roles: LegRoles, _ reader: TalkReader) {
        legs = conversations
        // The usual call: with one conversation, its owner does not matter.
        if conversations.count < 2 { return }
        switch parties.direction {
        case .internal, .unknown: return
        case .inbound: addCaller(parties.leg, roles)
        case .outbound where parties.isCustomerCalledFirst: addFar(of: parties.leg.channel, roles)
        case .outbound: addCalled(by: parties.leg, conversations, roles, reader)
        }
        if channels.isEmpty { return }
        let own = conversations.filter { isPart(of: $0, parties, roles) }
        if !own.isEmpty { legs = own + consultations(by: parties, own, conversations) }
    }

    /// The calling channel, under every name it had: a channel that replaced another has that one's name by then.
    private mutating func addCaller(_ caller: LegView, _ roles: LegRoles) {
        for leg in roles.primary where leg.key == caller.key { channels.insert(Hash128(leg.channel.pair)) }
    }

    /// The party to whom the calling channel spoke, also behind Local channels. All of its conversations count,
    /// whichever far channel they name, except those with a colleague: the caller consulted that colleague while the
    /// customer was waiting.
    private mutating func addCalled(
        by caller: LegView,
        _ conversations: [LegView],
        _ roles: LegRoles,
        _ reader: TalkReader
    ) {
        for leg in conversations where leg.key == caller.key {
            if !channels.isEmpty, reader.extensionBehind(leg) != nil { continue }
            channels.insert(Hash128(leg.party.pair))
            addFar(of: leg.party, roles)
        }
    }

    /// The channels that the far half of a Local channel rang, and those behind them.
    private mutating func addFar(of channel: ChannelName, _ roles: LegRoles) {
        for leg in roles.farHalves(of: channel) where leg.isConversation {
            guard channels.insert(Hash128(leg.party.pair)).inserted else { continue }
            addFar(of: leg.party, roles)
        }
        channels.insert(Hash128(channel.pair))
    }

    private func isPart(of leg: LegView, _ parties: CallParties, _ roles: LegRoles) -> Bool {
        if channels.contains(Hash128(leg.channel.pair)) || channels.contains(Hash128(leg.party.pair)) { return true }
        // Behind a Local channel that represents the customer for a while.
        if parties.direction == .outbound {
            return (roles.farHalves(of: leg) + roles.farHalves(of: leg.channel)).contains {
                $0.isConversation && channels.contains(Hash128($0.party.pair))
            }
        }
        return leg.key == parties.leg.key
    }

    /// The caller's consultations of colleagues during an outbound call, while the customer was waiting. No leg shows
    /// that wait; it counts for the customer as hold time does. What follows the customer's last leg belongs to the
    /// colleagues.
    private func consultations(by parties: CallParties, _ own: [LegView], _ conversations: [LegView]) -> [LegView] {
        guard parties.direction == .outbound, let last = own.lazy.map(\.times.start).max() else { return [] }
        let indices = Set(own.map(\.index))
        return conversations.filter {
            $0.key == parties.leg.key && !indices.contains($0.index) && $0.times.end <= last.adding(seconds: 1)
                && $0.times.start >= own[0].times.start
        }
    }
}

@available(*, unavailable)
extension CustomerSide: Sendable {}
