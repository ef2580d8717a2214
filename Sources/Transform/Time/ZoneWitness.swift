public import CallRecords

/// Compares what the clock on the wall showed with the epochs in the uniqueids, which are UTC: the proof of a zone.
///
/// The first leg of a channel begins within seconds of the channel, so the difference is the offset from UTC. Later legs
/// of a channel begin any time after; they are told by a difference that is no whole quarter of an hour.
public struct ZoneWitness: Sendable {
    /// Sightings: how often the wall was so many seconds ahead of UTC, by quarter hours, and when.
    private var offsets: [Int64: Offset] = [:]
    /// Records with a wall time and an epoch.
    public private(set) var records = 0

    private struct Offset: Sendable {
        var count = 0
        /// Some instants at which it was seen, spread over all.
        var instants: [Int64] = []
    }

    public init() {}

    /// Takes the evidence of one record.
    public mutating func observe(_ start: RawTime, uniqueid: UniqueID?) {
        guard case .wall(let wall) = start, let epoch = uniqueid?.epoch else { return }
        records += 1
        let difference = wall - epoch
        let quarter = ((difference + 5_000_400) / 900 - 5_556) * 900
        // Five seconds: two readings of the clock, and a busy PBX in between.
        guard 0...5 ~= difference - quarter, -50_400...54_000 ~= quarter else { return }
        offsets[quarter, default: Offset()].count += 1
        if let count = offsets[quarter]?.count, count & (count - 1) == 0 || count % 1024 == 0 {
            offsets[quarter]?.instants.append(epoch)
        }
    }

    /// What the uniqueids say of a zone.
    public enum Verdict: Equatable, Sendable {
        /// Too few uniqueids with an epoch to say anything.
        case silent
        /// So many of those that can tell agree.
        case confirmed(share: Double)
        /// They agree on other offsets: seconds east of UTC, most frequent first.
        case contradicted(offsets: [Int64])
    }

    /// Whether a zone explains what was seen.
    public func verdict(on zone: ZoneTable) -> Verdict {
        let total = offsets.values.reduce(0) { $0 + $1.count }
        // Later legs hit a quarter of an hour by chance once in a hundred times; a few such hits prove nothing.
        guard total > 0, total * 20 >= records else { return .silent }
        let agreeing = offsets.reduce(0) { sum, entry in
            let hits = entry.value.instants.count { zone.offset(at: $0) == entry.key }
            return sum + entry.value.count * hits / max(1, entry.value.instants.count)
        }
        let share = Double(agreeing) / Double(total)
        if share >= 0.8 { return .confirmed(share: share) }
        // Of one or two records, only this is beyond doubt: times that are UTC.
        guard total >= 3 || offsets.keys.allSatisfy({ $0 == 0 }) else { return .silent }
        let strongest = offsets.sorted { ($0.value.count, $1.key) > ($1.value.count, $0.key) }
        return .contradicted(offsets: strongest.filter { $0.value.count * 20 >= total }.map(\.key))
    }

    /// The first of some zones that explains what was seen.
    public func confirmed(among names: some Sequence<String>, load: (String) -> ZoneTable?) -> ZoneTable? {
        for name in names {
            guard let zone = load(name) else { continue }
            if case .confirmed = verdict(on: zone) { return zone }
        }
        return nil
    }

    /// Whether every offset seen is zero: the times are UTC.
    public var isUTC: Bool {
        if case .confirmed = verdict(on: .utc) { return true }
        return false
    }

    /// The most frequent offset, seconds east of UTC.
    public var commonOffset: Int64? { offsets.max { ($0.value.count, $0.key) < ($1.value.count, $1.key) }?.key }
}
