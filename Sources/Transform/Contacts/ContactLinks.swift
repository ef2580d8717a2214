public import CallRecords

/// The contacts to which calls are linked: for every known number, the contact that the tie-break chose. Sixteen bytes
/// a number, since a run needs no more about a million contacts.
public struct ContactLinks: Sendable {
    private struct Entry: Sendable {
        var number: UInt64
        /// `voip.contact.contact_id`, or 0 if it has none yet; the lowest bit says whether other contacts have the
        /// number too.
        var contact: UInt64
    }

    /// Invariant: ascending by number, each once.
    private var entries: [Entry] = []

    /// No links.
    public init() {}

    /// Links for everybody that `body` adds, in any order.
    ///
    /// - Throws: any error of `body`.
    public init(_ body: (_ add: (PhoneNumber, _ contact: Int64?, _ candidates: Int) -> Void) throws -> Void) rethrows {
        try body { number, contact, candidates in
            let id = UInt64(bitPattern: contact ?? 0) << 1
            entries.append(Entry(number: number.digits, contact: id | (candidates > 1 ? 1 : 0)))
        }
        entries.sort { $0.number < $1.number }
    }

    /// The links of an index that was made without a warehouse.
    public init(_ index: ContactIndex) {
        self.init { add in
            var last: PhoneNumber?
            index.forEachLink { link in
                if link.number != last { add(link.number, nil, index.candidates(link.number).count) }
                last = link.number
            }
        }
    }

    /// What a call's row says about its customer.
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
