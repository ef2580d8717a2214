internal import Base
public import CallRecords

/// Makes identities, with one buffer for all of them.
public struct LegIdentifier {
    private var scratch: [UInt8] = []

    /// An identifier with an empty buffer.
    public init() {}

    /// The columns whose content, together with start and lengths, identifies a leg that has no sequence.
    static let contentFields: [CDRField] = [.src, .dst, .channel, .dstchannel, .lastapp, .disposition]
    /// Tables cut these at 80 characters (FreePBX, `installlib/SQL/cdr.sql`), so no more of them is compared.
    static let comparedCharacters = 80

    /// The identity of a record.
    public mutating func identity(
        _ header: CDRHeader,
        _ times: LegTimes,
        of record: Int,
        in texts: UnsafeTexts
    ) -> LegIdentity {
        scratch.removeAll(keepingCapacity: true)
        append(times.start.wholeSeconds)
        append(Int64(header.duration ?? 0))
        append(Int64(header.billsec ?? 0))
        for field in Self.contentFields { append(Self.compared(texts[record, field])) }
        let contentHash = scratch.withUnsafeBytes { Hash128($0) }
        let content = Int64(bitPattern: contentHash.low)

        append(times.answer?.wholeSeconds ?? .min)
        append(times.end.wholeSeconds)
        append(header.amaflags.map(Int64.init) ?? .min)
        append(header.sequence.map(Int64.init) ?? .min)
        for field in CDRField.allCases { append(texts[record, field]) }
        let row = scratch.withUnsafeBytes { Int64(bitPattern: Hash128($0).low) }

        return LegIdentity(
            uniqueid: header.uniqueid?.hash ?? Hash128(content: content),
            linkedid: header.linkedid?.hash,
            content: content,
            row: row,
            // Sequences begin anew with every start of the PBX: without a uniqueid they name nothing.
            sequence: header.uniqueid == nil ? nil : header.sequence
        )
    }

    private static func compared(_ text: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
        guard text.count > comparedCharacters else { return text }
        var characters = 0
        for index in text.indices where text[index] & 0xC0 != 0x80 {
            if characters == comparedCharacters { return UnsafeBufferPointer(rebasing: text[..<index]) }
            characters += 1
        }
        return text
    }

    private mutating func append(_ value: Int64) {
        withUnsafeBytes(of: value.littleEndian) { scratch.append(contentsOf: $0) }
    }

    /// With its length before it, so that `ab`,`c` and `a`,`bc` differ.
    private mutating func append(_ text: UnsafeBufferPointer<UInt8>) {
        withUnsafeBytes(of: UInt32(truncatingIfNeeded: text.count).littleEndian) { scratch.append(contentsOf: $0) }
        scratch.append(contentsOf: text)
    }
}
