import Services
import Switchboard

/// Metrics of trunks: whether their provider has accepted them, whether a call could reach them, and their channels. A phone has no
/// series, so that their number depends only on the PBX's trunks.
///
/// A trunk is a registration with a provider, or an endpoint that neither has a number for a name, as extensions have, nor is a
/// member of a queue.
struct TrunkMetrics: Sendable {
    let states: [PBXState]
    let histories: [HealthSampler.History]

    /// The most trunks of a PBX that have series.
    static let most = 64

    private struct Trunk {
        var isReachable: Bool?
        var isRegistered: Bool?
        var channels = 0
    }

    var families: [MetricFamily] {
        var registered = MetricFamily(
            "crm_voip_trunk_registered",
            .gauge,
            "Whether the provider has accepted the trunk\u{2019}s registration."
        )
        var reachable = MetricFamily("crm_voip_trunk_reachable", .gauge, "Whether a call could reach the trunk.")
        var channels = MetricFamily("crm_voip_trunk_channels", .gauge, "The trunk\u{2019}s channels that are open.")
        for history in histories {
            for (name, trunk) in trunks(history) {
                let labels = [("pbx", history.pbx), ("trunk", name)]
                if let value = trunk.isRegistered { registered.add(value ? 1 : 0, labels) }
                if let value = trunk.isReachable { reachable.add(value ? 1 : 0, labels) }
                channels.add(Double(trunk.channels), labels)
            }
        }
        return [registered, reachable, channels]
    }

    private func trunks(_ history: HealthSampler.History) -> [(String, Trunk)] {
        let state = states.first { $0.name == history.pbx }
        let members = Set((state?.board.queues ?? []).flatMap { $0.members.map { Self.peer($0.interface) } })
        var trunks: [String: Trunk] = [:]
        for line in history.report?.sections.flatMap(\.lines) ?? [] {
            let name = Self.peer(line.name)
            if let isRegistered = line.isRegistered { trunks[name, default: Trunk()].isRegistered = isRegistered }
            let isPhone = members.contains(name) || name.utf8.allSatisfy { (0x30...0x39).contains($0) }
            if line.isRegistered == nil, !isPhone { trunks[name, default: Trunk()].isReachable = line.isReachable }
        }
        let shown = trunks.sorted { $0.key < $1.key }.prefix(Self.most)
        var counts: [String: Int] = [:]
        for channel in (state?.calls ?? []).flatMap(\.channels) {
            let end = channel.name.lastIndex(of: "-") ?? channel.name.endIndex
            counts[Self.peer(String(channel.name[..<end])), default: 0] += 1
        }
        return shown.map { name, trunk in
            var trunk = trunk
            trunk.channels = counts[name] ?? 0
            return (name, trunk)
        }
    }

    /// `provider` of `PJSIP/provider`.
    private static func peer(_ device: String) -> String {
        String(device[(device.firstIndex(of: "/").map { device.index(after: $0) } ?? device.startIndex)...])
    }
}
