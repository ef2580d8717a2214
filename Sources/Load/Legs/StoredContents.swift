import CallRecords

/// Stored legs by their content, to find those whose sequence or uniqueid one source knows and another does not.
struct StoredContents {
    private struct Key: Hashable {
        var uniqueid: Hash128
        var content: Int64
    }

    private struct Candidate {
        var leg: StoredLegs.Leg
        /// Whether several legs of this content have a sequence: one without cannot tell which it is.
        var isOneOfSeveral = false
    }

    private var byContent: [Key: Candidate] = [:]
    /// Legs without a uniqueid, by their content.
    private var nameless: [Int64: StoredLegs.Leg] = [:]
    /// Any leg of a content, for those that come without a uniqueid.
    private var anyOfContent: [Int64: StoredLegs.Leg] = [:]

    /// Adds a leg.
    ///
    /// - Parameters:
    ///   - leg: as it is stored.
    ///   - name: hash of its uniqueid, or of its content where it has none.
    ///   - content: `content_hash`.
    mutating func insert(_ leg: StoredLegs.Leg, name: Hash128, content: Int64) {
        if leg.isNameless { nameless[content] = leg }
        anyOfContent[content] = leg
        let key = Key(uniqueid: name, content: content)
        guard let other = byContent[key] else {
            byContent[key] = Candidate(leg: leg)
            return
        }
        // Of legs that differ in nothing but their sequence, the one without is the one that waits for it.
        byContent[key] = Candidate(
            leg: other.leg.number < leg.number ? other.leg : leg,
            isOneOfSeveral: other.leg.number >= 0 && leg.number >= 0
        )
    }

    /// Finds the stored version of a leg whose key is not stored.
    mutating func match(_ identity: LegIdentity, hasSequence: Bool) -> StoredLegs.Match {
        let key = Key(uniqueid: identity.uniqueid, content: identity.content)
        if let candidate = byContent[key] {
            guard hasSequence else {
                return candidate.isOneOfSeveral ? .same(candidate.leg) : Self.compared(candidate.leg, identity)
            }
            if candidate.leg.number < 0 {
                // It gets its sequence now and is no candidate for the next.
                byContent[key] = nil
                return .changed(candidate.leg)
            }
            return .new
        }
        if identity.isNameless {
            // A leg without a name has nothing to add to one that has it.
            return anyOfContent[identity.content].map { .same($0) } ?? .new
        }
        return nameless.removeValue(forKey: identity.content).map { .changed($0) } ?? .new
    }

    /// What a leg is to its stored version.
    static func compared(_ leg: StoredLegs.Leg, _ identity: LegIdentity) -> StoredLegs.Match {
        leg.row == identity.row ? .same(leg) : .changed(leg)
    }
}
