import Base

/// Rows of contacts as bytes, in blocks of 1 MiB: growing copies nothing.
///
/// A row consists of the place of the contact's row before it, the kind's number, the id, name, owner, extension, date and
/// phones. Numbers are written seven bits to a byte, the lowest first, with the eighth bit set in all but the last byte. A
/// text is preceded by its length, to which 1 is added if the text may be absent; the date by 1, or by 0 if it is unknown.
struct PackedContacts: Sendable {
    /// Invariant: a row begins less than 1 MiB from the start of its block. A longer row has a block of its own.
    private var blocks: [[UInt8]] = []
    private var kinds: [ContactKind] = []
    private var kindNumbers: [ContactKind: Int] = [:]
    private var scratch: [UInt8] = []
    /// The number of rows.
    private(set) var count = 0
    /// Blocks that are empty again.
    private var released = 0

    private static let blockSize = 1 << 20

    /// The number by which rows refer to a kind.
    mutating func number(of kind: ContactKind) -> Int {
        if let known = knownNumber(of: kind) { return known }
        kinds.append(kind)
        kindNumbers[kind] = kinds.count - 1
        return kinds.count - 1
    }

    /// The number of a kind; `nil` if no row has it.
    func knownNumber(of kind: ContactKind) -> Int? {
        // Most lists have few kinds. A column with another meaning may yield a million.
        kinds.prefix(4).firstIndex(of: kind) ?? kindNumbers[kind]
    }

    /// The number of a kind, by the bytes of its word; `nil` if no row has it.
    func number(ofKind word: UnsafeRawBufferPointer) -> Int? {
        kinds.prefix(4).firstIndex { $0.rawValue.utf8.elementsEqual(word) }
            ?? kindNumbers[ContactKind(rawValue: String(decoding: word, as: UTF8.self))]
    }

    /// Appends a row.
    ///
    /// - Parameters:
    ///   - kind: the number of the record's kind.
    ///   - before: where the contact's row before this one begins.
    /// - Returns: where the row begins, and the hash of everything but kind and id.
    mutating func append(_ record: ContactRecord, _ kind: Int, after before: UInt64?) -> (row: UInt64, hash: UInt64) {
        scratch.removeAll(keepingCapacity: true)
        write(before.map { $0 + 1 } ?? 0)
        write(UInt64(kind))
        write(record.id)
        let content = scratch.count
        write(record.name)
        write(record.owner)
        write(record.extension)
        write(record.updatedAt == nil ? 0 : 1)
        write(UInt64(bitPattern: record.updatedAt?.microseconds ?? 0))
        write(UInt64(record.phones.count))
        for phone in record.phones {
            write(phone.text)
            write(UInt64(UInt16(bitPattern: phone.priority)))
        }
        let hash = scratch.withUnsafeBytes { Hash128(UnsafeRawBufferPointer(rebasing: $0[content...])).low }
        if blocks.last.map({ $0.count + scratch.count > Self.blockSize }) ?? true {
            blocks.append([])
            blocks[blocks.count - 1].reserveCapacity(max(Self.blockSize, scratch.count))
        }
        let last = blocks.count - 1
        let row = UInt64(last) << 20 | UInt64(blocks[last].count)
        blocks[last].append(contentsOf: scratch)
        count += 1
        return (row, hash)
    }

    /// Lets go of the blocks before the one in which this row begins.
    mutating func release(before row: UInt64) {
        while released < Int(row >> 20) {
            blocks[released] = []
            released += 1
            if released.isMultiple(of: 16) { UnusedMemory.giveBack() }
        }
    }

    /// The row that begins here, and where the contact's row before it begins.
    func record(_ row: UInt64) -> (record: ContactRecord, before: UInt64?) {
        withReader(row) { reader in
            let before = reader.number()
            let kind = kinds[Int(reader.number())]
            var record = ContactRecord(kind: kind, id: reader.text(), name: reader.text())
            record.owner = reader.optionalText()
            record.extension = reader.optionalText()
            let (hasDate, date) = (reader.number() == 1, reader.number())
            if hasDate { record.updatedAt = Moment(microseconds: Int64(bitPattern: date)) }
            let phones = Int(reader.number())
            record.phones.reserveCapacity(phones)
            for _ in 0..<phones {
                let text = reader.text()
                record.phones.append(ContactPhone(text, priority: Int16(truncatingIfNeeded: reader.number())))
            }
            return (record, before == 0 ? nil : before - 1)
        }
    }

    /// Whether the row that begins here is one of the contact of this kind with this id.
    func isRow(_ row: UInt64, of kind: Int, _ id: UnsafeRawBufferPointer) -> Bool {
        withReader(row) { reader in
            _ = reader.number()
            guard reader.number() == kind, reader.number() == id.count else { return false }
            return reader.bytes(id.count).elementsEqual(id)
        }
    }

    private func withReader<Result>(_ row: UInt64, _ body: (inout Reader) -> Result) -> Result {
        blocks[Int(row >> 20)].withUnsafeBytes { bytes in
            var reader = Reader(bytes: bytes, position: Int(row & (1 << 20 - 1)))
            return body(&reader)
        }
    }

    private mutating func write(_ number: UInt64) {
        var rest = number
        while rest >= 0x80 {
            scratch.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        scratch.append(UInt8(truncatingIfNeeded: rest))
    }

    private mutating func write(_ text: String) {
        write(UInt64(text.utf8.count))
        scratch.append(contentsOf: text.utf8)
    }

    private mutating func write(_ text: String?) {
        guard let text else { return write(0) }
        write(UInt64(text.utf8.count + 1))
        scratch.append(contentsOf: text.utf8)
    }

    /// Reads a row's parts in the order in which they were written.
    private struct Reader {
        let bytes: UnsafeRawBufferPointer
        var position: Int

        mutating func number() -> UInt64 {
            var (number, shift): (UInt64, UInt64) = (0, 0)
            while true {
                let byte = bytes[position]
                position += 1
                number |= UInt64(byte & 0x7F) << shift
                if byte < 0x80 { return number }
                shift += 7
            }
        }

        mutating func bytes(_ count: Int) -> UnsafeRawBufferPointer {
            defer { position += count }
            return UnsafeRawBufferPointer(rebasing: bytes[position..<position + count])
        }

        mutating func text() -> String { String(decoding: bytes(Int(number())), as: UTF8.self) }

        mutating func optionalText() -> String? {
            let length = Int(number())
            return length == 0 ? nil : String(decoding: bytes(length - 1), as: UTF8.self)
        }
    }
}
