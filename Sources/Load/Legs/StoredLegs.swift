import CallRecords

/// What the warehouse holds for the legs of one chunk: enough to distinguish new, changed and unchanged legs.
struct StoredLegs {
    struct Leg {
        /// `voip.cdr.leg_no`; negative if the sequence is not known yet.
        var number: Int64
        var row: Int64
        var call: Int64
        /// Whether the PBX's source has given no uniqueid so far.
        var isNameless = false
    }

    /// How an incoming leg relates to the stored ones.
    enum Match {
        case new
        /// A different version of this one.
        case changed(Leg)
        case same(Leg)
    }

    private var legs: [(name: Hash128, content: Int64, leg: Leg)] = []
    private var byKey: [LegKey: Leg] = [:]
    /// The same legs by their content. Built only when a leg's key is not found: the keys of most legs are.
    private var contents: StoredContents?

    /// The number of legs.
    var count: Int { byKey.count }

    /// Reserves memory for this many legs.
    mutating func reserveCapacity(_ count: Int) {
        legs.reserveCapacity(count)
        byKey.reserveCapacity(count)
    }

    /// Takes a row of `legs_in_window` or `legs_by_name`. All rows are taken before the first lookup.
    ///
    /// - Parameters:
    ///   - uniqueid: hash of the uniqueid; `nil` if it is empty.
    ///   - number: `leg_no`.
    ///   - content: `content_hash`.
    ///   - row: `row_hash`.
    ///   - call: `call_id`.
    mutating func insert(uniqueid: Hash128?, number: Int64, content: Int64, row: Int64, call: Int64) {
        let leg = Leg(number: number, row: row, call: call, isNameless: uniqueid == nil)
        let name = uniqueid ?? Hash128(content: content)
        byKey[LegKey(uniqueid: name, number: number)] = leg
        legs.append((name, content, leg))
    }

    /// Finds the stored version of a leg.
    ///
    /// A leg with a sequence matches the leg with that sequence, or the same content without one. A leg without a
    /// sequence matches the same content, whatever its sequence. If one of the two sides has no uniqueid, the content
    /// decides.
    ///
    /// - Parameters:
    ///   - identity: the identity of the incoming leg.
    ///   - hasSequence: whether the incoming leg has a sequence.
    /// - Returns: how the incoming leg relates to the stored ones.
    mutating func match(_ identity: LegIdentity, hasSequence: Bool) -> Match {
        if legs.isEmpty { return .new }
        if let leg = byKey[identity.key] { return StoredContents.compared(leg, identity) }
        if contents == nil {
            contents = StoredContents()
            for (name, content, leg) in legs { contents?.insert(leg, name: name, content: content) }
        }
        return contents?.match(identity, hasSequence: hasSequence) ?? .new
    }
}
