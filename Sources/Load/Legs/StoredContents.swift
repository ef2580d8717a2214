import CallRecords

/// Stored legs by their content, to find those whose sequence or uniqueid is known to one source but not to another.
struct StoredContents {
    private struct Key: Hashable {
        var uniqueid: Hash128
        var content: Int64

        func hash(into hasher: inout Hasher) { hasher.combine(uniqueid) }

        /// Both halves are hashes; legs of one uniqueid differ in the second.
        func _rawHashValue(seed: Int) -> Int {
            Int(truncatingIfNeeded: uniqueid.low ^ UInt64(bitPattern: content)) ^ seed
        }
    }

    private struct Candidate {
        var leg: StoredLegs.Leg
        /// Whether several legs with this content have a sequence: a leg without one could be any of them.
        var isOneOfSeveral = false
    }

    private var byContent: [Key: Candidate] = [:]
    /// Legs without a uniqueid, by their content as ``Hash128/init(content:)``.
    private var nameless: [Hash128: StoredLegs.Leg] = [:]
    /// Any leg with a given content, for incoming legs without a uniqueid.
    private var anyOfContent: [Hash128: StoredLegs.Leg] = [:]

    /// Adds a leg.
    ///
    /// - Parameters:
    ///   - leg: the stored leg.
    ///   - name: hash of its uniqueid, or of its content if it has none.
    ///   - content: `content_hash`.
    mutating func insert(_ leg: StoredLegs.Leg, name: Hash128, content: Int64) {
        if leg.isNameless { nameless[Hash128(content: content)] = leg }
        anyOfContent[Hash128(content: content)] = leg
        let key = Key(uniqueid: name, content: content)
        guard let other = byContent[key] else {
            byContent[key] = Candidate(leg: leg)
            return
        }
        // Of legs that differ only in their sequence, the one without a sequence is the one that is waiting for it.
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
                // It gets its sequence now, so it is no longer a candidate.
                byContent[key] = nil
                return .changed(candidate.leg)
            }
            return .new
        }
        if identity.isNameless {
            // A leg without a uniqueid adds nothing to one that has it.
            return anyOfContent[Hash128(content: identity.content)].map { .same($0) } ?? .new
        }
        return nameless.removeValue(forKey: Hash128(content: identity.content)).map { .changed($0) } ?? .new
    }

    /// How a leg compares with its stored version.
    static func compared(_ leg: StoredLegs.Leg, _ identity: LegIdentity) -> StoredLegs.Match {
        leg.row == identity.row ? .same(leg) : .changed(leg)
    }
}
