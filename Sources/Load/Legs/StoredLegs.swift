internal import CallRecords

/// What the warehouse holds of the legs of one chunk: enough to tell new from changed from same.
struct StoredLegs {
    struct Leg {
        /// In `voip.cdr.leg_no`; negative where the sequence is not known yet.
        var number: Int64
        var row: Int64
        var call: Int64
        /// Whether the PBX's source gave no uniqueid so far.
        var isNameless = false
    }

    /// What an incoming leg is to the stored ones.
    enum Match {
        case new
        /// Another version of this one.
        case changed(Leg)
        case same(Leg)
    }

    private struct ContentKey: Hashable {
        var uniqueid: Hash128
        var content: Int64
    }

    private struct Candidate {
        var leg: Leg
        /// Whether several legs of this content have a sequence: one without cannot tell which it is.
        var isOneOfSeveral = false
    }

    private var byKey: [LegKey: Leg] = [:]
    private var byContent: [ContentKey: Candidate] = [:]
    /// Legs without a uniqueid, by their content.
    private var nameless: [Int64: Leg] = [:]
    /// Any leg of a content, for those that come without a uniqueid.
    private var anyOfContent: [Int64: Leg] = [:]

    /// How many there are.
    var count: Int { byKey.count }

    /// Takes a row of `legs_in_window` or `legs_by_name`.
    ///
    /// - Parameters:
    ///   - uniqueid: hash of the uniqueid; `nil` where it is empty.
    ///   - number: `leg_no`.
    ///   - content: `content_hash`.
    ///   - row: `row_hash`.
    ///   - call: `call_id`.
    mutating func insert(uniqueid: Hash128?, number: Int64, content: Int64, row: Int64, call: Int64) {
        let leg = Leg(number: number, row: row, call: call, isNameless: uniqueid == nil)
        let name = uniqueid ?? Hash128(content: content)
        byKey[LegKey(uniqueid: name, number: number)] = leg
        if leg.isNameless { nameless[content] = leg }
        anyOfContent[content] = leg
        let key = ContentKey(uniqueid: name, content: content)
        guard let other = byContent[key] else {
            byContent[key] = Candidate(leg: leg)
            return
        }
        // Of legs that differ in nothing but their sequence, the one without is the one that waits for it.
        byContent[key] = Candidate(
            leg: other.leg.number < number ? other.leg : leg,
            isOneOfSeveral: other.leg.number >= 0 && number >= 0
        )
    }

    /// Finds the stored version of a leg.
    ///
    /// A leg with a sequence is the one of that sequence, or the same content that came without. A leg without a sequence
    /// is the same content, whatever its sequence. Where one of the two sides has no uniqueid, the content decides.
    ///
    /// - Parameters:
    ///   - identity: of the incoming leg.
    ///   - hasSequence: whether the incoming leg has one.
    /// - Returns: what the incoming leg is to them.
    mutating func match(_ identity: LegIdentity, hasSequence: Bool) -> Match {
        if let leg = byKey[identity.key] { return compared(leg, identity) }
        let key = ContentKey(uniqueid: identity.uniqueid, content: identity.content)
        if let candidate = byContent[key] {
            guard hasSequence else {
                return candidate.isOneOfSeveral ? .same(candidate.leg) : compared(candidate.leg, identity)
            }
            if candidate.leg.number < 0 {
                // It gets its sequence now and is no candidate for the next.
                byContent[key] = nil
                return .changed(candidate.leg)
            }
            return .new
        }
        if identity.isNameless {
            // Who comes without a name has nothing to tell of one who has it.
            return anyOfContent[identity.content].map { .same($0) } ?? .new
        }
        return nameless.removeValue(forKey: identity.content).map { .changed($0) } ?? .new
    }

    private func compared(_ leg: Leg, _ identity: LegIdentity) -> Match {
        leg.row == identity.row ? .same(leg) : .changed(leg)
    }
}
