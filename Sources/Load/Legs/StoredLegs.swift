import CallRecords

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

    private var legs: [(name: Hash128, content: Int64, leg: Leg)] = []
    private var byKey: [LegKey: Leg] = [:]
    /// The same legs by their content. Made when a leg is met whose key is not there: that of most legs is.
    private var contents: StoredContents?

    /// How many there are.
    var count: Int { byKey.count }

    /// Makes room for this many legs.
    mutating func reserveCapacity(_ count: Int) {
        legs.reserveCapacity(count)
        byKey.reserveCapacity(count)
    }

    /// Takes a row of `legs_in_window` or `legs_by_name`. All are taken before the first is looked for.
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
        legs.append((name, content, leg))
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
        if legs.isEmpty { return .new }
        if let leg = byKey[identity.key] { return StoredContents.compared(leg, identity) }
        if contents == nil {
            contents = StoredContents()
            for (name, content, leg) in legs { contents?.insert(leg, name: name, content: content) }
        }
        return contents?.match(identity, hasSequence: hasSequence) ?? .new
    }
}
