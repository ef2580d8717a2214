import Base
import CallRecords

/// The customer's part of a call: the channels that were theirs, one after the other, and the legs in which these had a part.
///
/// Asterisk replaces channels: a Local channel that stood between two parties optimises itself away, a phone picks up what
/// another one's was, a transfer puts one in the place of another. So the customer is not one name, but all channels that
/// are found by following the legs in time.
struct CustomerSide {
    /// By the names that both halves of a Local channel share; empty where nobody is a customer.
    private(set) var channels: Set<Hash128> = []
    /// The conversations of the customer; all of them where nobody is a customer or none of theirs is known.
    private(set) var legs: [LegView]

    init(_ parties: CallParties, _ conversations: [LegView], _ roles: LegRoles, _ reader: TalkReader) {
        legs = conversations
        // The usual call: one conversation, and whose it is need not be asked.
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

    /// The calling channel, under every name that it had: one that took another's place has that one's name by then.
    private mutating func addCaller(_ caller: LegView, _ roles: LegRoles) {
        for leg in roles.primary where leg.key == caller.key { channels.insert(Hash128(leg.channel.pair)) }
    }

    /// Whom the calling channel spoke to, behind Local channels too. All of its conversations count, whichever far channel
    /// they name, but those with a colleague: the caller asked them while the customer was waiting.
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
        // Behind a Local channel that stands for the customer for a while.
        if parties.direction == .outbound {
            return (roles.farHalves(of: leg) + roles.farHalves(of: leg.channel)).contains {
                $0.isConversation && channels.contains(Hash128($0.party.pair))
            }
        }
        return leg.key == parties.leg.key
    }

    /// What the caller of an outbound call asked a colleague while the customer was waiting: no leg shows the wait, and
    /// it is the customer's as hold is. What comes after the customer's last leg is the colleagues' own.
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
