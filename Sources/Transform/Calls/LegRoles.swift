import CallRecords

/// Which legs of a call describe it, and which describe the same from the other end.
///
/// A class, because several values refer to the roles of one call.
final class LegRoles {
    /// Legs that count: those that are not in an ignored context and are not the far half of a Local channel whose near
    /// half is present. Invariant: not empty.
    let primary: [LegView]
    /// The first leg of the oldest channel, with which the call began.
    let origin: LegView
    /// The far halves, by the name that both halves share: the dialled side's own view, with its own answer and talk.
    private let farHalves: [Hash128: [LegView]]
    /// All legs except those in an ignored context.
    let considered: [LegView]
    /// Logins of agents in somebody else's call. Since Asterisk 12, a caller of `AgentRequest()` takes the linkedid of
    /// the agent's login, which is older; such a login neither began the call nor defines its length.
    let logins: [LegView]

    /// Sorts the legs of a call: at least one, in the order in which they began.
    init(_ legs: [LegView], policy: CallPolicy) {
        let considered = policy.isEmpty ? legs : legs.filter { policy.role(of: $0[.dcontext]) != .ignored }
        let all = considered.isEmpty ? legs : considered
        let isOthers =
            all.contains(where: \.isLogin)
            && all.contains { !$0.isLogin && !($0.isAgentRequest && $0.channel.isLocal) }
        let candidates = isOthers ? all.filter { !$0.isLogin } : all
        logins = isOthers ? all.filter(\.isLogin) : []
        self.considered = candidates
        let nearHalves = Self.nearHalves(legs)
        var farHalves: [Hash128: [LegView]] = [:]
        if nearHalves.isEmpty {
            primary = candidates
        } else {
            var near: [LegView] = []
            for leg in candidates {
                let channel = leg.channel
                if channel.half == 2, case let pair = Hash128(channel.pair), nearHalves.contains(pair) {
                    farHalves[pair, default: []].append(leg)
                } else {
                    near.append(leg)
                }
            }
            primary = near.isEmpty ? candidates : near
        }
        self.farHalves = farHalves
        origin = Self.origin(of: primary)
    }

    /// The names of Local channels whose first half is present, as a leg's own channel or as the party it tried.
    private static func nearHalves(_ legs: [LegView]) -> Set<Hash128> {
        var pairs: Set<Hash128> = []
        for leg in legs {
            let (channel, party) = (leg.channel, leg.party)
            if channel.half == 1 { pairs.insert(Hash128(channel.pair)) }
            if party.half == 1 { pairs.insert(Hash128(party.pair)) }
        }
        return pairs
    }

    private static func origin(of legs: [LegView]) -> LegView {
        if legs.count == 1 { return legs[0] }
        // A dialled channel did not begin the call, unless the PBX itself did.
        let callers = legs.filter { !$0.isDialled }
        let legs = callers.isEmpty ? legs : callers
        var oldest = legs[0]
        var age = ChannelAge(oldest.uniqueid)
        for leg in legs.dropFirst() where leg.key != oldest.key {
            let other = ChannelAge(leg.uniqueid)
            if other < age { (oldest, age) = (leg, other) }
        }
        return oldest
    }

    /// The dialled side's own legs of a leg that dialled a Local channel, in the order in which they began.
    func farHalves(of leg: LegView) -> [LegView] { farHalves(of: leg.party) }

    /// The legs of the other half of a first half; empty for any other channel.
    func farHalves(of channel: ChannelName) -> [LegView] {
        guard !farHalves.isEmpty, channel.half == 1 else { return [] }
        return farHalves[Hash128(channel.pair)] ?? []
    }

    /// The first leg of every channel that called and runs a part of the call, in the order in which they began.
    var firstLegs: [LegView] {
        var seen: Set<Hash128> = []
        return primary.filter { !$0.isDialled && seen.insert($0.key).inserted }
    }
}

@available(*, unavailable)
extension LegRoles: Sendable {}

/// The order in which channels were created: by the instant in their uniqueids, then by the counter.
private struct ChannelAge: Comparable {
    private let epoch: Int64
    private let counter: Int64

    init(_ channel: ChannelID?) {
        // An id supplied over AMI or ARI says nothing about age.
        epoch = channel?.parsed?.epoch ?? .max
        counter = channel?.parsed?.counter ?? 0
    }

    static func < (left: Self, right: Self) -> Bool { (left.epoch, left.counter) < (right.epoch, right.counter) }
}
