import Base
import CallRecords

/// The contacts of an index: texts in one arena, the rest in twenty bytes each.
struct ContactTable: Sendable {
    struct Row: Sendable {
        /// Where the id begins in the arena; the name follows it.
        var text: UInt32
        /// Seconds since 1970; 0 where unknown.
        var updatedAt: UInt32
        /// Index into ``owners``; 0 means nobody.
        var owner: UInt32
        var idLength: UInt16
        var nameLength: UInt16
        /// Index into ``kinds``.
        var kind: UInt8
    }

    private(set) var rows: [Row] = []
    private(set) var kinds: [ContactKind] = []
    private var owners: [String?] = [nil]
    private var ownerIndex: [String: UInt32] = [:]
    /// Empty unless the contacts come from the warehouse, in which case there is one for each row.
    private var warehouseIDs: [Int64] = []
    private var arena = Arena()
    private let keepsNames: Bool

    /// An empty table, whose contacts have names and owners, or only what the tie-break needs.
    init(keepsNames: Bool) { self.keepsNames = keepsNames }

    var count: Int { rows.count }

    /// Adds a contact, or reuses the last one if kind, id and date are the same: a source may have one row for each
    /// phone.
    mutating func add(_ record: ContactRecord) -> UInt32? {
        guard record.id.utf8.count <= UInt16.max, rows.count < UInt32.max else { return nil }
        guard let kind = index(of: record.kind) else { return nil }
        let updatedAt = UInt32(clamping: record.updatedAt?.wholeSeconds ?? 0)
        if let last = rows.last, last.kind == kind, last.updatedAt == updatedAt, isID(of: last, record.id) {
            return UInt32(rows.count - 1)
        }
        guard let text = arena.append(record.id, keepsNames ? record.name : "") else { return nil }
        let owner = keepsNames ? index(ofOwner: record.owner) : 0
        rows.append(
            Row(
                text: text.offset,
                updatedAt: updatedAt,
                owner: owner,
                idLength: text.firstLength,
                nameLength: text.secondLength,
                kind: kind
            )
        )
        if let warehouseID = record.warehouseID {
            while warehouseIDs.count < rows.count - 1 { warehouseIDs.append(0) }
            warehouseIDs.append(warehouseID)
        }
        return UInt32(rows.count - 1)
    }

    private mutating func index(of kind: ContactKind) -> UInt8? {
        if let known = kinds.firstIndex(of: kind) { return UInt8(known) }
        guard kinds.count < 255 else { return nil }
        kinds.append(kind)
        return UInt8(kinds.count - 1)
    }

    private mutating func index(ofOwner owner: String?) -> UInt32 {
        guard let owner, !owner.isEmpty else { return 0 }
        if let known = ownerIndex[owner] { return known }
        owners.append(owner)
        let index = UInt32(owners.count - 1)
        ownerIndex[owner] = index
        return index
    }

    private func isID(of row: Row, _ id: String) -> Bool {
        row.idLength == id.utf8.count && withID(row) { $0.elementsEqual(id.utf8) }
    }

    func kind(_ contact: UInt32) -> ContactKind { kinds[Int(rows[Int(contact)].kind)] }

    func withID<Result>(_ row: Row, _ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        arena.withBytes(row.text, Int(row.idLength), body)
    }

    func withName<Result>(_ row: Row, _ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        arena.withBytes(row.text + UInt32(row.idLength), Int(row.nameLength), body)
    }

    func contact(_ index: UInt32) -> ContactRecord {
        let row = rows[Int(index)]
        return ContactRecord(
            kind: kinds[Int(row.kind)],
            id: withID(row) { String(decoding: $0, as: UTF8.self) },
            name: withName(row) { String(decoding: $0, as: UTF8.self) },
            owner: owners[Int(row.owner)],
            updatedAt: row.updatedAt == 0 ? nil : Moment(seconds: Int64(row.updatedAt)),
            warehouseID: warehouseID(index)
        )
    }

    func warehouseID(_ index: UInt32) -> Int64? {
        Int(index) < warehouseIDs.count && warehouseIDs[Int(index)] != 0 ? warehouseIDs[Int(index)] : nil
    }
}

/// Bytes in blocks of 1 MiB: growing copies nothing, so the peak equals the final size.
struct Arena: Sendable {
    private var blocks: [[UInt8]] = []
    private static let blockBits: UInt32 = 20

    /// Appends two texts, one after the other; `nil` when 4 GiB are full. If both do not fit into a block or 65,535
    /// bytes, the second is cut at a character boundary.
    mutating func append(
        _ first: String,
        _ second: String
    ) -> (offset: UInt32, firstLength: UInt16, secondLength: UInt16)? {
        var tail = second.utf8[...]
        let room = Int(UInt16.max) - 4
        if tail.count > room {
            var end = tail.index(tail.startIndex, offsetBy: room)
            while end > tail.startIndex, tail[end] & 0xC0 == 0x80 { end = tail.index(before: end) }
            tail = tail[..<end]
        }
        let length = first.utf8.count + tail.count
        if blocks.last.map({ $0.count + length > 1 << Self.blockBits }) ?? true {
            guard blocks.count < 1 << (32 - Self.blockBits) else { return nil }
            blocks.append([])
            blocks[blocks.count - 1].reserveCapacity(1 << Self.blockBits)
        }
        let block = blocks.count - 1
        let offset = UInt32(block) << Self.blockBits | UInt32(blocks[block].count)
        blocks[block].append(contentsOf: first.utf8)
        blocks[block].append(contentsOf: tail)
        return (offset, UInt16(first.utf8.count), UInt16(tail.count))
    }

    func withBytes<Result>(_ offset: UInt32, _ length: Int, _ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        let block = Int(offset >> Self.blockBits)
        let start = Int(offset & (1 << Self.blockBits - 1))
        return blocks[block].withUnsafeBufferPointer { body(UnsafeBufferPointer(rebasing: $0[start..<start + length])) }
    }
}
