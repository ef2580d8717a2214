/// What a source of contacts contained when it was read: every row, packed, and the rows of each contact together.
///
/// A source may have several rows for a contact, such as one for each phone, anywhere in its list. Fingerprints tell which
/// contacts have changed since another snapshot. A contact takes about 80 bytes.
public struct ContactSnapshot: Sendable {
    /// A contact by its place in the order in which the source first named it.
    public typealias Index = Int

    private struct Contact {
        /// Where the last row that was added begins; each row knows the one before it.
        var lastRow: UInt64
        /// The sum of the hashes of the rows, which does not depend on their order.
        var fingerprint: UInt64
    }

    /// Where a contact is, or belongs.
    private struct Place {
        let kind: Int
        let hash: UInt64
        /// `nil` if the snapshot does not have it yet.
        let known: Index?
    }

    private var rows = PackedContacts()
    private var contacts: [Contact] = []
    private var places = HashPlaces()
    /// Another one in each run, so that no list is slow every time.
    private let seed = UInt64.random(in: 0...UInt64.max)
    /// Rows that had the id of another row with another name.
    public private(set) var conflicts = 0

    /// A snapshot without contacts.
    public init() {}

    /// The number of contacts; one that has several rows is counted once.
    public var count: Int { contacts.count }

    /// Adds a row.
    public mutating func add(_ record: ContactRecord) { append(record, at: place(of: record)) }

    /// Adds a row of a list whose ids may be shared: a list without ids uses phones as ids, and a column called id may
    /// contain something else.
    ///
    /// A row with the id of an earlier one, but with another name, is another contact. Its id is made from both, and is
    /// the same in every sync as long as the order of the list is.
    public mutating func addApart(_ record: ContactRecord) {
        let place = place(of: record)
        guard !record.name.isEmpty, let known = place.known, let name = firstName(of: known), name != record.name,
            Self.comparable(name) != Self.comparable(record.name)
        else { return append(record, at: place) }
        conflicts += 1
        var record = record
        record.id += " " + record.name
        add(record)
    }

    /// The contact of this kind with this id; `nil` if the source does not have it.
    public func index(kind: UnsafeRawBufferPointer, id: UnsafeRawBufferPointer) -> Index? {
        rows.number(ofKind: kind).flatMap { place($0, id).known }
    }

    /// The contact of a link; `nil` if the source does not have it, or if its ids were released.
    public func index(of link: ContactNumber) -> Index? {
        rows.knownNumber(of: link.kind).flatMap { place($0, link.id).known }
    }

    /// A number that differs between versions of a contact: of its name, owner, extension, date and phones, with their
    /// priorities. It is the same on every machine, and does not depend on the order of the rows.
    public func fingerprint(_ contact: Index) -> Int64 { Int64(bitPattern: contacts[contact].fingerprint) }

    /// Calls `body` with each row of a contact, the last one first.
    public func forEachRow(of contact: Index, _ body: (ContactRecord) throws -> Void) rethrows {
        var next: UInt64? = contacts[contact].lastRow
        while let row = next {
            let (record, before) = rows.record(row)
            try body(record)
            next = before
        }
    }

    /// Lets go of the rows of the contacts before this one, which must not be asked for any more, and of the ids: a source
    /// with one row for each contact need not be in memory beside what is made of it.
    public mutating func release(before contact: Index) {
        guard rows.count == contacts.count else { return }
        if contact == 0 { places = HashPlaces() }
        rows.release(before: contacts[contact].lastRow)
    }

    private mutating func append(_ record: ContactRecord, at place: Place) {
        let before = place.known.map { contacts[$0].lastRow }
        let (row, hash) = rows.append(record, place.kind, after: before)
        if let known = place.known {
            contacts[known].lastRow = row
            contacts[known].fingerprint &+= hash
        } else {
            places.add(contacts.count, place.hash)
            contacts.append(Contact(lastRow: row, fingerprint: hash))
        }
    }

    private mutating func place(of record: ContactRecord) -> Place { place(rows.number(of: record.kind), record.id) }

    private func place(_ kind: Int, _ id: String) -> Place {
        var id = id
        return id.withUTF8 { place(kind, UnsafeRawBufferPointer($0)) }
    }

    private func place(_ kind: Int, _ id: UnsafeRawBufferPointer) -> Place {
        let hash = Hash128(id, seed: seed &+ UInt64(truncatingIfNeeded: kind)).low
        let known = places.first(hash) { rows.isRow(contacts[$0].lastRow, of: kind, id) }
        return Place(kind: kind, hash: hash, known: known)
    }

    /// The name in the first row that has one.
    private func firstName(of contact: Index) -> String? {
        var name: String?
        forEachRow(of: contact) { if !$0.name.isEmpty { name = $0.name } }
        return name
    }

    /// In small letters, with one blank between words.
    private static func comparable(_ name: String) -> String {
        name.lowercased().split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
}
