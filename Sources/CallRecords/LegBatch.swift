public import Base

/// The moments of one leg, in whole seconds.
public struct LegTimes: Hashable, Sendable {
    /// When the PBX began the CDR.
    public var start: Moment
    /// `nil` where nobody answered.
    public var answer: Moment?
    /// When the PBX closed the CDR.
    public var end: Moment
    /// Whether the source wrote answer and end, or they were worked out from the lengths.
    public var isDerived: Bool

    /// The moments of a leg.
    public init(start: Moment, answer: Moment?, end: Moment, isDerived: Bool) {
        (self.start, self.answer, self.end, self.isDerived) = (start, answer, end, isDerived)
    }
}

/// What tells a leg from all others, and one version of it from the next.
///
/// Documented in docs/identity.md; the hashes are stored, so the order and choice of what goes in never changes.
public struct LegIdentity: Hashable, Sendable {
    /// Of the uniqueid; of the content where the PBX logs none.
    public var uniqueid: Hash128
    /// Of the linkedid; `nil` where the source has none or it is empty.
    public var linkedid: Hash128?
    /// Of what never changes in a leg once it is written: start, parties, channels, application, lengths, disposition.
    public var content: Int64
    /// Of everything that is stored.
    public var row: Int64
    /// The sequence, else a negative number made of ``content``: the second half of the leg's key.
    public var legNumber: Int64

    /// An identity; the leg number follows from the sequence or the content.
    public init(uniqueid: Hash128, linkedid: Hash128?, content: Int64, row: Int64, sequence: Int32?) {
        (self.uniqueid, self.linkedid, self.content, self.row) = (uniqueid, linkedid, content, row)
        // The sign keeps the two kinds apart.
        legNumber = sequence.map(Int64.init) ?? content | .min
    }

    /// The linkedid where it is another one than the uniqueid.
    public var otherName: Hash128? { linkedid == uniqueid ? nil : linkedid }

    /// Sorts legs of one second as they were written: by sequence, those without one last.
    public var order: UInt64 { UInt64(bitPattern: legNumber) }

    /// Whether the PBX logged no uniqueid, so that the content stands in its place.
    public var isNameless: Bool { uniqueid == Hash128(content: content) }

    /// The key of the leg in the warehouse.
    public var key: LegKey { LegKey(uniqueid: uniqueid, number: legNumber) }
}

/// A leg's name among all legs of a PBX.
public struct LegKey: Hashable, Sendable {
    /// Hash of the uniqueid, or of the content where there is none.
    public var uniqueid: Hash128
    /// The sequence, or a negative number made of the content's hash.
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

    /// One half is a hash already, as in ``Hash128``; a multiplier (Vigna's SplitMix64) spreads the other half.
    public func _rawHashValue(seed: Int) -> Int {
        Int(truncatingIfNeeded: uniqueid.low ^ UInt64(bitPattern: number) &* 0x9e37_79b9_7f4a_7c15) ^ seed
    }
}

/// Legs on their way from the sources to the warehouse: the records, their instants, and who they are.
public struct LegBatch: Sendable {
    /// As the source gave them.
    public var records = CDRBatch()
    /// One a record. Invariant: filled, with ``identities``, by the transformation and empty before it.
    public var times: [LegTimes] = []
    /// One a record.
    public var identities: [LegIdentity] = []
    /// Indices of the records to load: those inside the window, each leg once, in the order of the source.
    public var selection: [Int] = []

    /// No leg.
    public init() {}
}
