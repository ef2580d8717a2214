public import CallRecords

/// All contacts by number, in memory: a hash table from E.164 to the contacts that have the number, the preferred one
/// first. A contact takes about 70 bytes at a million contacts, and a lookup one or two cache misses.
public struct ContactIndex: Sendable {
    /// A contact of this index; ``ContactIndex/subscript(_:)`` returns its details.
    public struct Reference: Hashable, Sendable {
        let index: UInt32
    }

    /// The result of looking up a number.
    public enum Match: Hashable, Sendable {
        /// No contact has the number.
        case unmatched
        /// One contact has it, in one or several of its phone fields.
        case matched(Reference)
        /// Several contacts have it; the tie-break chose one.
        case ambiguous(chosen: Reference, candidates: Int)

        /// The chosen or only contact.
        public var reference: Reference? {
            switch self {
            case .unmatched: nil
            case .matched(let reference), .ambiguous(chosen: let reference, candidates: _): reference
            }
        }
    }

    struct Entry: Sendable {
        var number: UInt64
        var link: ContactTable.Link
    }

    let table: ContactTable
    /// Invariant: in the order of their buckets; entries of one number are adjacent, preferred first, one for each
    /// contact.
    let entries: [Entry]
    /// Bucket b holds the entries from `buckets[b]` up to `buckets[b + 1]`.
    let buckets: [UInt32]
    /// The users by extension.
    let extensions: [String: UInt32]

    /// The number of contacts. A contact that the source lists several times is counted each time.
    public var count: Int { table.count }
    /// The number of links between numbers and contacts.
    public var linkCount: Int { entries.count }

    /// The contact to which a call with this number is linked.
    public func match(_ number: PhoneNumber) -> Match {
        let found = range(of: number)
        guard let first = found.first else { return .unmatched }
        let chosen = Reference(index: entries[first].link.contact)
        return found.count == 1 ? .matched(chosen) : .ambiguous(chosen: chosen, candidates: found.count)
    }

    /// The details of a contact, without its phones: the index keeps numbers, not texts.
    public subscript(_ reference: Reference) -> ContactRecord { table.contact(reference.index) }

    /// `voip.contact.contact_id`, if the index was made from the warehouse.
    public func warehouseID(_ reference: Reference) -> Int64? { table.warehouseID(reference.index) }

    /// The CRM's user behind an extension.
    public func user(extension digits: String) -> ContactRecord? { extensions[digits].map { table.contact($0) } }

    /// Every contact that has the number, the preferred one first, with the number's priority for it.
    public func candidates(_ number: PhoneNumber) -> [(contact: Reference, priority: Int16)] {
        entries[range(of: number)].map { (Reference(index: $0.link.contact), $0.link.priority) }
    }

    /// Calls `body` with every link; those of one number follow each other in order of preference.
    public func forEachLink(_ body: (ContactNumber) throws -> Void) rethrows {
        var place = 0
        for index in entries.indices {
            let entry = entries[index]
            place = index > 0 && entries[index - 1].number == entry.number ? place + 1 : 0
            guard let number = PhoneNumber(digits: entry.number) else { continue }
            let row = table.rows[Int(entry.link.contact)]
            try body(
                ContactNumber(
                    number: number,
                    kind: table.kind(entry.link.contact),
                    id: table.withID(row) { String(decoding: $0, as: UTF8.self) },
                    priority: entry.link.priority,
                    place: place
                )
            )
        }
    }

    private func range(of number: PhoneNumber) -> Range<Int> {
        let bucket = Self.bucket(number.digits, of: buckets.count - 1)
        let (start, end) = (Int(buckets[bucket]), Int(buckets[bucket + 1]))
        guard let first = entries[start..<end].firstIndex(where: { $0.number == number.digits }) else { return 0..<0 }
        let last = entries[first..<end].firstIndex { $0.number != number.digits } ?? end
        return first..<last
    }

    /// Fibonacci hashing: the high bits of a product with 2⁶⁴ / φ. `count` is a power of two.
    static func bucket(_ number: UInt64, of count: Int) -> Int {
        count == 1 ? 0 : Int((number &* 0x9e37_79b9_7f4a_7c15) >> UInt64(64 - count.trailingZeroBitCount))
    }
}
