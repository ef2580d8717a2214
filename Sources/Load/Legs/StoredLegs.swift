internal import CallRecords
internal import Postgres

/// What the warehouse holds of the legs of one chunk: enough to tell new from changed from same.
struct StoredLegs {
    struct Leg {
        /// In `voip.cdr.leg_no`; negative where the sequence is not known yet.
        var number: Int64
        var row: Int64
        var call: Int64
    }

    private struct ContentKey: Hashable {
        var uniqueid: Hash128
        var content: Int64
    }

    private var byKey: [LegKey: Leg] = [:]
    private var byContent: [ContentKey: Leg] = [:]

    /// How many there are.
    var count: Int { byKey.count }

    /// Takes a row of `legs_in_window` or `legs_by_uniqueid`.
    mutating func insert(uniqueid: Hash128, number: Int64, content: Int64, row: Int64, call: Int64) {
        let leg = Leg(number: number, row: row, call: call)
        byKey[LegKey(uniqueid: uniqueid, number: number)] = leg
        let key = ContentKey(uniqueid: uniqueid, content: content)
        // Of legs that differ in nothing but their sequence, the one without is the one that waits for it.
        if let other = byContent[key], other.number < number { return }
        byContent[key] = leg
    }

    /// The stored version of a leg.
    ///
    /// A leg with a sequence is the one of that sequence, or the same content that came without. A leg without a sequence
    /// is the same content, whatever its sequence.
    mutating func match(_ identity: LegIdentity, hasSequence: Bool) -> Leg? {
        if let leg = byKey[identity.key] { return leg }
        let key = ContentKey(uniqueid: identity.uniqueid, content: identity.content)
        guard let leg = byContent[key] else { return nil }
        guard hasSequence else { return leg }
        guard leg.number < 0 else { return nil }
        // It gets its sequence now and is no candidate for the next.
        byContent[key] = nil
        return leg
    }
}
