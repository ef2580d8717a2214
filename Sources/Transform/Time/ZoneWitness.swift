public import Base
public import CallRecords

/// Compares the time on the wall clock with the epochs in the uniqueids, which are in UTC: evidence for a zone.
///
/// The first leg of a channel begins within seconds of the channel, so the difference is the offset from UTC. Later
/// legs of a channel begin at any time after that and prove nothing, so the smallest difference of each channel is
/// used.
public struct ZoneWitness: Sendable {
    /// By how many seconds the wall clock was ahead of the epoch, by epoch; the smallest difference.
    private var differences: [Int64: Int64] = [:]

    /// How often, and when, the wall clock was ahead of UTC by a given number of seconds.
    private struct Evidence {
        /// Instants by offset, a whole number of quarter hours.
        var instants: [Int64: [Int64]] = [:]
        /// Channels whose difference is a possible offset of a zone.
        var total = 0
    }

    /// A witness without evidence.
    public init() {}

    /// The number of instants at which channels were created whose first leg was seen.
    public var records: Int { differences.count }

    /// Takes the evidence of one record.
    public mutating func observe(_ start: RawTime, uniqueid: UniqueID?) {
        guard case .wall(let wall) = start, let epoch = uniqueid?.epoch else { return }
        differences[epoch] = min(differences[epoch] ?? .max, wall - epoch)
    }

    private var evidence: Evidence {
        var evidence = Evidence()
        for (epoch, difference) in differences {
            let quarter = ((difference + 5_000_400) / 900 - 5_556) * 900
            // Five seconds: two readings of the clock, and a busy PBX in between. Clocks on Earth are at most 14 hours
            // ahead of UTC and 12 behind.
            guard 0...5 ~= difference - quarter, -43_200...50_400 ~= quarter else { continue }
            evidence.instants[quarter, default: []].append(epoch)
            evidence.total += 1
        }
        return evidence
    }

    /// What the uniqueids show about a zone.
    public enum Verdict: Equatable, Sendable {
        /// Too few uniqueids with an epoch to show anything.
        case silent
        /// This share of the usable uniqueids agrees.
        case confirmed(share: Double)
        /// They agree on other offsets, in seconds east of UTC, the most frequent first.
        case contradicted(offsets: [Int64])
    }

    /// Whether a zone explains the evidence.
    public func verdict(on zone: ZoneTable) -> Verdict { verdict(on: zone, by: evidence) }

    private func verdict(on zone: ZoneTable, by evidence: Evidence) -> Verdict {
        // A later leg falls on a quarter of an hour by chance once in a hundred times; a few such hits prove nothing.
        guard evidence.total > 0, evidence.total * 20 >= differences.count else { return .silent }
        let agreeing = evidence.instants.reduce(0) { sum, entry in
            sum + entry.value.count { zone.offset(at: $0) == entry.key }
        }
        let share = Double(agreeing) / Double(evidence.total)
        if share >= 0.8 { return .confirmed(share: share) }
        // One or two records prove only one thing beyond doubt: that the times are in UTC.
        guard evidence.total >= 3 || evidence.instants.keys.allSatisfy({ $0 == 0 }) else { return .silent }
        let strongest = evidence.instants.mapValues(\.count).sorted { ($0.value, $1.key) > ($1.value, $0.key) }
        return .contradicted(offsets: strongest.filter { $0.value * 20 >= evidence.total }.map(\.key))
    }

    /// The first of some zones that explains the evidence.
    public func confirmed(among names: some Sequence<String>, load: (String) -> ZoneTable?) -> ZoneTable? {
        let evidence = evidence
        for name in names {
            guard let zone = load(name) else { continue }
            if case .confirmed = verdict(on: zone, by: evidence) { return zone }
        }
        return nil
    }

    /// Whether every observed offset is zero: the times are in UTC.
    public var isUTC: Bool {
        if case .confirmed = verdict(on: .utc) { return true }
        return false
    }

    /// The most frequent offset, in seconds east of UTC.
    public var commonOffset: Int64? {
        evidence.instants.max { ($0.value.count, $0.key) < ($1.value.count, $1.key) }?.key
    }
}
