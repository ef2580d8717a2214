public import CallRecords

/// To whom calls are linked: of every number that anybody has, the contact that the tie-break chose. Sixteen bytes a number,
/// since a run needs no more of a million contacts than that.
public struct ContactLinks: Sendable {
    private struct Entry: Sendable {
        var number: UInt64
        /// `voip.contact.contact_id`, 0 where it has none yet, and in the lowest bit whether others have the number, too.
        var contact: UInt64
    }

    /// Invariant: ascending by number, each once.
    private var entries: [Entry] = []

    /// Nobody.
    public init() {}

    /// Everybody whom `body` adds, in any order.
    ///
    /// - Throws: what `body` throws.
    public init(_ body: (_ add: (PhoneNumber, _ contact: Int64?, _ candidates: Int) -> Void) throws -> Void) rethrows {
        try body { number, contact, candidates in
            let id = UInt64(bitPattern: contact ?? 0) << 1
            entries.append(Entry(number: number.digits, contact: id | (candidates > 1 ? 1 : 0)))
        }
        entries.sort { $0.number < $1.number }
    }

    /// Those of an index that was made without a warehouse.
    public init(_ index: ContactIndex) {
        self.init { add in
            var last: PhoneNumber?
            index.forEachLink { link in
                if link.number != last { add(link.number, nil, index.candidates(link.number).count) }
                last = link.number
            }
        }
    }

    /// What a call's row says of its customer.
    public func link(_ number: PhoneNumber) -> ContactLink {
        var (low, high) = (0, entries.count)
        while low < high {
            let middle = (low + high) / 2
            if entries[middle].number < number.digits { low = middle + 1 } else { high = middle }
        }
        guard low < entries.count, entries[low].number == number.digits else {
            return ContactLink(match: .unmatched, id: nil)
        }
        let contact = entries[low].contact
        return ContactLink(
            match: contact & 1 == 0 ? .matched : .ambiguous,
            id: contact >> 1 == 0 ? nil : Int64(contact >> 1)
        )
    }
}
