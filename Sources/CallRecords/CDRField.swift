/// The text columns of a CDR, in any source that has them.
///
/// Names are those of Asterisk's `CDR()` function and of FreePBX's `asteriskcdrdb.cdr`. Times, lengths, `amaflags` and
/// `sequence` are typed and are part of ``CDRHeader``.
public enum CDRField: Int, CaseIterable, Sendable {
    case uniqueid, linkedid, disposition, src, dst, dcontext, clid, channel, dstchannel, lastapp, lastdata
    case accountcode, peeraccount, userfield, did, recordingfile, cnum, cnam, outboundCnum, outboundCnam, dstCnam

    /// The number of columns: the stride of a batch's slots.
    public static let count = CDRField.allCases.count

    /// The column's name in `voip.cdr` and in the PBX's own tables.
    public var name: String {
        switch self {
        case .outboundCnum: "outbound_cnum"
        case .outboundCnam: "outbound_cnam"
        case .dstCnam: "dst_cnam"
        default: String(describing: self)
        }
    }
}

/// A set of text columns: those that a source has, or those of a record that were cut to their column's width.
public struct CDRFieldSet: OptionSet, Sendable, Hashable {
    /// Bit n represents the n-th column.
    public let rawValue: UInt32

    /// A set by its bits.
    public init(rawValue: UInt32) { self.rawValue = rawValue }

    /// The set of one column.
    public init(_ field: CDRField) { rawValue = 1 << UInt32(field.rawValue) }

    /// The set of these columns.
    public init(_ fields: some Sequence<CDRField>) {
        rawValue = fields.reduce(0) { $0 | 1 << UInt32($1.rawValue) }
    }

    /// Every column.
    public static let all = CDRFieldSet(CDRField.allCases)

    /// Whether the column is in the set.
    public func contains(_ field: CDRField) -> Bool { rawValue & 1 << UInt32(field.rawValue) != 0 }

    /// Adds the column.
    public mutating func insert(_ field: CDRField) { self = union(CDRFieldSet(field)) }
}
