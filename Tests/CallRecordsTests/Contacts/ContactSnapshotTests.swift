import Base
import CallRecords
import Testing
import TestSupport

struct ContactSnapshotTests {
    private static let full = ContactRecord(
        kind: .lead,
        id: "7",
        name: "Ünal & Söhne",
        owner: "Olga",
        extension: "101",
        updatedAt: 1_700_000_000,
        phones: [ContactPhone("+49 30 1234567"), ContactPhone("доб. 12", priority: 101)]
    )

    private static func snapshot(_ rows: [ContactRecord]) -> ContactSnapshot {
        var snapshot = ContactSnapshot()
        for row in rows { snapshot.add(row) }
        return snapshot
    }

    private static func rows(_ snapshot: ContactSnapshot, _ contact: Int) -> [ContactRecord] {
        var rows: [ContactRecord] = []
        snapshot.forEachRow(of: contact) { rows.append($0) }
        return rows
    }

    private static func index(_ snapshot: ContactSnapshot, _ kind: String, _ id: String) -> Int? {
        Array(kind.utf8).withUnsafeBytes { kind in
            Array(id.utf8).withUnsafeBytes { id in snapshot.index(kind: kind, id: id) }
        }
    }

    @Test func `a row comes back as it was`() {
        var odd = Self.full
        odd.id = ""
        odd.owner = ""
        odd.extension = nil
        odd.updatedAt = Moment(microseconds: .min)
        let long = String(repeating: "0", count: 200)
        odd.phones = [ContactPhone("", priority: .min), ContactPhone(long, priority: .max)]
        var huge = Self.full
        huge.id = "huge"
        huge.name = String(repeating: "ж", count: 1 << 20)
        let bare = ContactRecord(kind: ContactKind(rawValue: ""), id: "bare", name: "")
        let rows = [Self.full, odd, huge, bare, ContactRecord(kind: .user, id: "7", name: "Another kind")]
        let snapshot = Self.snapshot(rows)
        #expect(snapshot.count == rows.count)
        for (contact, row) in rows.enumerated() {
            #expect(Self.rows(snapshot, contact) == [row])
            #expect(Self.index(snapshot, row.kind.rawValue, row.id) == contact)
        }
        #expect(Self.index(snapshot, "lead", "8") == nil && Self.index(snapshot, "deal", "7") == nil)
    }

    @Test func `the rows of a contact are together, wherever they were in the list`() {
        var second = Self.full
        second.phones = [ContactPhone("112")]
        var other = Self.full
        other.id = "8"
        let snapshot = Self.snapshot([Self.full, other, second, other])
        #expect(snapshot.count == 2)
        #expect(Self.rows(snapshot, 0) == [second, Self.full])
        #expect(Self.rows(snapshot, 1) == [other, other])
    }

    @Test func `the fingerprint tells versions apart, and not the order of rows`() {
        var versions = [Self.full]
        func change(_ body: (inout ContactRecord) -> Void) {
            var version = Self.full
            body(&version)
            versions.append(version)
        }
        change { $0.name = "Ünal" }
        change { $0.owner = nil }
        change { $0.owner = "" }
        change { $0.extension = nil }
        change { ($0.owner, $0.extension) = ($0.extension, $0.owner) }
        change { $0.updatedAt = nil }
        change { $0.updatedAt = 1_700_000_001 }
        change { $0.phones = [] }
        change { $0.phones.reverse() }
        change { $0.phones[0].priority = 1 }
        change { $0.phones[1].text = "доб. 13" }
        // One field's end is not another one's beginning.
        change { ($0.name, $0.owner) = ("Ünal & Söhne1", "lga") }
        let fingerprints = versions.map { Self.snapshot([$0]).fingerprint(0) }
        #expect(Set(fingerprints).count == versions.count)
        let pair = [versions[1], versions[2]]
        let both = Self.snapshot(pair).fingerprint(0)
        #expect(both == Self.snapshot(pair.reversed()).fingerprint(0))
        #expect(!fingerprints.contains(both) && both != Self.snapshot([versions[1], versions[1]]).fingerprint(0))
        // It is stored, so that no later version may compute another one. Computed from the same bytes with mmh3 for Python.
        #expect(fingerprints[0] == 18_372_188_435_457_468)
    }

    /// A column with another meaning may have a new kind in every row.
    @Test func `thousands of contacts and kinds are found again`() {
        let rows = (0..<20_000).map { number in
            ContactRecord(kind: ContactKind(rawValue: "k\(number % 3000)"), id: "\(number / 2)", name: "N\(number)")
        }
        let snapshot = Self.snapshot(rows)
        #expect(snapshot.count == rows.count)
        for (number, row) in rows.enumerated() {
            #expect(Self.index(snapshot, row.kind.rawValue, row.id) == number)
        }
    }

    @Test func `an id with another name is another contact, and small letters or blanks make no other name`() {
        var snapshot = ContactSnapshot()
        for (id, name) in [("1", ""), ("1", "Anna  Beck"), ("1", "anna beck"), ("1", ""), ("1", "Bob"), ("2", "Bob")] {
            snapshot.addApart(ContactRecord(kind: .contact, id: id, name: name))
        }
        #expect(snapshot.conflicts == 1 && snapshot.count == 3)
        #expect(Self.rows(snapshot, 0).map(\.name) == ["", "anna beck", "Anna  Beck", ""])
        #expect(Self.rows(snapshot, 1).map(\.id) == ["1 Bob"] && Self.rows(snapshot, 2).map(\.id) == ["2"])
    }

    @Test func `contacts that are read in their order can be let go of`() {
        let name = String(repeating: "x", count: 2000)
        let rows = (0..<3000).map { ContactRecord(kind: .contact, id: "\($0)", name: name) }
        var snapshot = Self.snapshot(rows)
        for (contact, row) in rows.enumerated() {
            snapshot.release(before: contact)
            #expect(Self.rows(snapshot, contact) == [row])
        }
        #expect(Self.index(snapshot, "contact", "2999") == nil)
    }
}
