internal import CallRecords

/// Which legs of a call speak for it, and which tell the same from the other end.
struct LegRoles {
    /// Legs that count: not in an ignored context, not the far half of a Local channel whose near half is there.
    let primary: [LegView]
    /// The leg with which the call began.
    let origin: LegView
    /// The far halves, by the name that both halves share: the dialled side's own view, with its own answer and talk.
    private let farHalves: [[UInt8]: LegView]

    init(_ legs: [LegView], policy: CallPolicy) {
        let considered = policy.isEmpty ? legs : legs.filter { policy.role(of: $0[.dcontext]) != .ignored }
        let candidates = considered.isEmpty ? legs : considered
        var farHalves: [[UInt8]: LegView] = [:]
        var near: [LegView] = []
        let isFarHalf: (LegView) -> Bool = { leg in
            let channel = ChannelName(leg[.channel])
            guard channel.half == 2 else { return false }
            return legs.contains { other in
                let own = ChannelName(other[.channel])
                let party = ChannelName(other[.dstchannel])
                return own.half == 1 && own.pair.elementsEqual(channel.pair)
                    || party.half == 1 && party.pair.elementsEqual(channel.pair)
            }
        }
        for leg in candidates {
            if isFarHalf(leg) {
                let key = Array(ChannelName(leg[.channel]).pair)
                // Several CDRs of one far half: the one that was answered tells most.
                if let known = farHalves[key], known.isAnswered || !leg.isAnswered { continue }
                farHalves[key] = leg
            } else {
                near.append(leg)
            }
        }
        self.farHalves = farHalves
        primary = near.isEmpty ? candidates : near
        origin =
            primary.first { leg in
                let linkedid = leg[.linkedid]
                return linkedid.isEmpty || linkedid.elementsEqual(leg[.uniqueid])
            } ?? primary[0]
    }

    /// The dialled side's own leg of a leg that dialled a Local channel.
    func farHalf(of leg: LegView) -> LegView? {
        guard !farHalves.isEmpty else { return nil }
        let party = ChannelName(leg[.dstchannel])
        return party.half == 1 ? farHalves[Array(party.pair)] : nil
    }
}

@available(*, unavailable)
extension LegRoles: Sendable {}
