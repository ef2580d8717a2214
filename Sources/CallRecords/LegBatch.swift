public import Base

/// The moments of one leg, in whole seconds.
public struct LegTimes: Hashable, Sendable {
    /// When the PBX began the CDR.
    public var start: Moment
    /// `nil` if nobody answered.
    public var answer: Moment?
    /// When the PBX closed the CDR.
    public var end: Moment
    /// Whether answer and end were computed from the lengths rather than written by the source.
    public var isDerived: Bool

    /// The moments of a leg.
    public init(start: Moment, answer: Moment?, end: Moment, isDerived: Bool) {
        (self.start, self.answer, self.end, self.isDerived) = (start, answer, end, isDerived)
    }
}

/// What distinguishes a leg from all others, and one version of it from the next.
///
/// Documented in docs/identity.md. The hashes are stored, so the order and choice of the hashed values never changes.
public struct LegIdentity: Hashable, Sendable {
    /// Hash of the uniqueid, or of the content if the PBX logs no uniqueid.
    public var uniqueid: Hash128
    /// Hash of the linkedid; `nil` if the source has none or it is empty.
    public var linkedid: Hash128?
    /// Hash of what never changes in a leg once it is written: start, parties, channels, application, lengths,
    /// disposition.
    public var content: Int64
    /// Hash of everything that is stored.
    public var row: Int64
    /// The sequence, or a negative number made from ``content``: the second half of the leg's key.
    public var legNumber: Int64

    /// An identity; the leg number follows from the sequence or the content.
    public init(uniqueid: Hash128, linkedid: Hash128?, content: Int64, row: Int64, sequence: Int32?) {
        (self.uniqueid, self.linkedid, self.content, self.row) = (uniqueid, linkedid, content, row)
        // The sign distinguishes the two kinds.
        legNumber = sequence.map(Int64.init) ?? content | .min
    }

    /// The linkedid if it differs from the uniqueid.
    public var otherName: Hash128? { linkedid == uniqueid ? nil : linkedid }

    /// Sorts legs of the same second in the order of writing: by sequence, those without one last.
    public var order: UInt64 { UInt64(bitPattern: legNumber) }

    /// Whether the PBX logged no uniqueid, so that the content is used instead.
    public var isNameless: Bool { uniqueid == Hash128(content: content) }

    /// The key of the leg in the warehouse.
    public var key: LegKey { LegKey(uniqueid: uniqueid, number: legNumber) }
}

/// Identifies a leg among all legs of a PBX.
public struct LegKey: Hashable, Sendable {
    /// Hash of the uniqueid, or of the content if there is none.
    public var uniqueid: Hash128
    /// The sequence, or a negative number made from the content's hash.
    public var number: Int64

    /// A key of its two halves.
    public init(uniqueid: Hash128, number: Int64) {
        (self.uniqueid, self.number) = (uniqueid, number)
    }

    /// As ``_rawHashValue(seed:)``.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(uniqueid)
        hasher.combine(number)
    }

    /// One half already is a hash, as in ``Hash128``; a multiplier (Vigna's SplitMix64) spreads the other half.
    public func _rawHashValue(seed: Int) -> Int {
        Int(truncatingIfNeeded: uniqueid.low ^ UInt64(bitPattern: number) &* 0x9e37_79b9_7f4a_7c15) ^ seed
    }
}

/// Legs on their way from the sources to the warehouse: the records, their times and their identities.
public struct LegBatch: Sendable {
    /// As the source gave them.
    public var records = CDRBatch()
    /// One entry for each record. Invariant: like ``identities``, filled by the transformation and empty before it.
    public var times: [LegTimes] = []
    /// One entry for each record.
    public var identities: [LegIdentity] = []
    /// Indices of the records to load: those inside the window, each leg once, in the order of the source.
    public var selection: [Int] = []

    /// An empty batch.
    public init() {}
}
