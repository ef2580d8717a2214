import Base
public import CallRecords

/// Computes identities, with one buffer for all of them.
public struct LegIdentifier {
    private var scratch: [UInt8] = []

    /// An identifier with an empty buffer.
    public init() {}

    /// The columns whose content, together with start and lengths, identifies a leg without a sequence.
    static let contentFields: [CDRField] = [.src, .dst, .channel, .dstchannel, .lastapp, .disposition]
    /// Tables cut these columns at 80 characters (FreePBX, `installlib/SQL/cdr.sql`), so no more than that is compared.
    static let comparedCharacters = 80

    /// The identity of a record.
    public mutating func identity(
        _ header: CDRHeader,
        _ times: LegTimes,
        of record: Int,
        in texts: UnsafeTexts
    ) -> LegIdentity {
        // Seven numbers, the texts of the content, and all texts, each preceded by four bytes.
        let room = 7 * 8 + 2 * (texts.byteCount(of: record) + 4 * CDRField.count)
        if scratch.count < room { scratch = Array(repeating: 0, count: 2 * room) }
        let (content, row) = scratch.withUnsafeMutableBytes { buffer in
            var writer = ByteWriter(buffer)
            writer.append(times.start.wholeSeconds)
            writer.append(Int64(header.duration ?? 0))
            writer.append(Int64(header.billsec ?? 0))
            for field in Self.contentFields { writer.append(Self.compared(texts[record, field])) }
            let content = Int64(bitPattern: Hash128(writer.bytes).low)

            writer.append(times.answer?.wholeSeconds ?? .min)
            writer.append(times.end.wholeSeconds)
            writer.append(header.amaflags.map(Int64.init) ?? .min)
            writer.append(header.sequence.map(Int64.init) ?? .min)
            for column in 0..<CDRField.count { writer.append(texts[record, column]) }
            return (content, Int64(bitPattern: Hash128(writer.bytes).low))
        }

        return LegIdentity(
            uniqueid: header.uniqueid?.hash ?? Hash128(content: content),
            linkedid: header.linkedid?.hash,
            content: content,
            row: row,
            // Sequences start again whenever the PBX starts: without a uniqueid they identify nothing.
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

}

/// Writes into memory that is known to suffice; an overflow ends the program.
private struct ByteWriter {
    private let buffer: UnsafeMutableRawBufferPointer
    private var count = 0

    init(_ buffer: UnsafeMutableRawBufferPointer) { self.buffer = buffer }

    /// The bytes written so far.
    var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(rebasing: buffer[..<count]) }

    mutating func append(_ value: some FixedWidthInteger & BitwiseCopyable) {
        buffer.storeBytes(of: value.littleEndian, toByteOffset: count, as: type(of: value))
        count += MemoryLayout.size(ofValue: value)
    }

    /// Preceded by its length, so that `ab`,`c` and `a`,`bc` differ.
    mutating func append(_ text: UnsafeBufferPointer<UInt8>) {
        append(UInt32(truncatingIfNeeded: text.count))
        UnsafeMutableRawBufferPointer(rebasing: buffer[count...]).copyMemory(from: UnsafeRawBufferPointer(text))
        count += text.count
    }
}

@available(*, unavailable)
extension ByteWriter: Sendable {}
