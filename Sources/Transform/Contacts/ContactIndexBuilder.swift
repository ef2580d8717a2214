public import CallRecords

/// Collects contacts in any order and turns them into a ``ContactIndex``.
public struct ContactIndexBuilder {
    private var table: ContactTable
    private var entries: [ContactIndex.Entry] = []
    private var extensions: [String: UInt32] = [:]

    /// An empty builder.
    ///
    /// - Parameter keepingNames: whether names and owners are kept; links and their order do not depend on them.
    public init(keepingNames: Bool = true) { table = ContactTable(keepsNames: keepingNames) }

    /// Adds a contact under every number that its phone fields contain.
    ///
    /// - Returns: how many of the fields could be read.
    @discardableResult
    public mutating func add(_ record: ContactRecord, normaliser: NumberNormaliser) -> PhoneTally {
        var tally = PhoneTally()
        guard let contact = table.add(record) else { return tally }
        for phone in record.phones where !phone.text.isEmpty {
            let numbers = normaliser.numbers(inContactField: phone.text)
            if !numbers.isEmpty {
                tally.readable += 1
            } else if isUnreadable(phone.text, normaliser) {
                tally.unreadable += 1
            }
            for number in numbers {
                link(number, contact, phone.priority)
                for form in SubscriberForms.others(of: number) { link(form, contact, phone.priority) }
            }
        }
        addExtension(of: record, contact)
        return tally
    }

    /// Adds a contact whose phones are in E.164 already, as in the warehouse.
    public mutating func add(_ record: ContactRecord) {
        guard let contact = table.add(record) else { return }
        for phone in record.phones {
            if let number = PhoneNumber(e164: phone.text) { link(number, contact, phone.priority) }
        }
        addExtension(of: record, contact)
    }

    /// A dash counts as empty, and a colleague's extension as readable.
    private func isUnreadable(_ text: String, _ normaliser: NumberNormaliser) -> Bool {
        guard text.contains(where: { $0.isLetter || $0.isNumber }) else { return false }
        return normaliser.party(text, as: .written).extensionNumber == nil
    }

    private mutating func link(_ number: PhoneNumber, _ contact: UInt32, _ priority: Int16) {
        entries.append(
            ContactIndex.Entry(number: number.digits, link: .init(contact: contact, priority: max(0, priority)))
        )
    }

    private mutating func addExtension(of record: ContactRecord, _ contact: UInt32) {
        guard let digits = record.extension, !digits.isEmpty else { return }
        if let known = extensions[digits],
            table.decision(.init(contact: known, priority: 0), .init(contact: contact, priority: 0))?.prefersLeft
                ?? true
        {
            return
        }
        extensions[digits] = contact
    }

    /// Calls `body` with every number that was added; with a shared one several times.
    public func forEachNumber(_ body: (PhoneNumber) throws -> Void) rethrows {
        for entry in entries {
            if let number = PhoneNumber(digits: entry.number) { try body(number) }
        }
    }

    /// The index of everything that was added.
    public consuming func build() -> ContactIndex {
        let bucketCount = max(1, entries.count / 2).roundedUpToPowerOfTwo
        var buckets = Self.starts(entries, bucketCount)
        scatter(into: buckets)

        // Sorts within buckets, keeps one entry for each number and contact, and rebuilds the directory for the
        // remaining ones.
        var kept = 0
        for bucket in 0..<bucketCount {
            let range = Int(buckets[bucket])..<Int(buckets[bucket + 1])
            buckets[bucket] = UInt32(kept)
            if range.count > 1 { sort(range) }
            for index in range {
                if index > range.lowerBound, kept > Int(buckets[bucket]), isSame(entries[kept - 1], entries[index]) {
                    continue
                }
                entries[kept] = entries[index]
                kept += 1
            }
            if kept - Int(buckets[bucket]) > 1 { rank(Int(buckets[bucket])..<kept) }
        }
        buckets[bucketCount] = UInt32(kept)
        entries.removeLast(entries.count - kept)
        return ContactIndex(table: table, entries: entries, buckets: buckets, extensions: extensions)
    }

    /// The start of every bucket, and the end of the last one.
    private static func starts(_ entries: [ContactIndex.Entry], _ count: Int) -> [UInt32] {
        var starts = [UInt32](repeating: 0, count: count + 1)
        for entry in entries { starts[ContactIndex.bucket(entry.number, of: count) + 1] += 1 }
        for bucket in 0..<count { starts[bucket + 1] += starts[bucket] }
        return starts
    }

    /// Moves every entry into its bucket, in place: the entry at a bucket's next free position moves to where it
    /// belongs, and is swapped with the one there, until one arrives that belongs here.
    private mutating func scatter(into starts: [UInt32]) {
        var next = starts
        let count = starts.count - 1
        for bucket in 0..<count {
            while next[bucket] < starts[bucket + 1] {
                let place = Int(next[bucket])
                let home = ContactIndex.bucket(entries[place].number, of: count)
                if home != bucket { entries.swapAt(place, Int(next[home])) }
                next[home] += 1
            }
        }
    }

    /// By number, then contact, the preferred version of a contact first.
    private mutating func sort(_ range: Range<Int>) {
        let table = table
        entries[range].sort { left, right in
            if left.number != right.number { return left.number < right.number }
            let identity = table.identityOrder(table.rows[Int(left.link.contact)], table.rows[Int(right.link.contact)])
            if identity != 0 { return identity < 0 }
            return table.decision(left.link, right.link)?.prefersLeft ?? false
        }
    }

    /// By number, then by the tie-break.
    private mutating func rank(_ range: Range<Int>) {
        let table = table
        entries[range].sort { left, right in
            if left.number != right.number { return left.number < right.number }
            return table.decision(left.link, right.link)?.prefersLeft ?? false
        }
    }

    private func isSame(_ left: ContactIndex.Entry, _ right: ContactIndex.Entry) -> Bool {
        guard left.number == right.number else { return false }
        return left.link.contact == right.link.contact
            || table.identityOrder(table.rows[Int(left.link.contact)], table.rows[Int(right.link.contact)]) == 0
    }
}

extension Int {
    fileprivate var roundedUpToPowerOfTwo: Int { self <= 1 ? 1 : 1 << (Int.bitWidth - (self - 1).leadingZeroBitCount) }
}
