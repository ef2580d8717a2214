import CallRecords
import Testing
import Transform

struct ContactLinksTests {
    private static func number(_ digits: UInt64) throws -> PhoneNumber { try #require(PhoneNumber(digits: digits)) }

    @Test func `every number leads to its contact, and no other number to any`() throws {
        let numbers = try [79_160_000_001, 12_125_550_123, 4_930_123_456, 79_160_000_003].map(Self.number)
        let links = ContactLinks { add in
            for (index, number) in numbers.enumerated() { add(number, Int64(index + 1), index == 2 ? 2 : 1) }
        }
        for (index, number) in numbers.enumerated() {
            let link = links.link(number)
            #expect(link.id == Int64(index + 1))
            #expect(link.match == (index == 2 ? .ambiguous : .matched))
        }
        for digits in [1_000_000, 79_160_000_000, 79_160_000_002, 999_999_999_999_999] as [UInt64] {
            #expect(links.link(try Self.number(digits)) == ContactLink(match: .unmatched, id: nil), "\(digits)")
        }
    }

    @Test func `without contacts nobody is found`() throws {
        #expect(ContactLinks().link(try Self.number(79_160_000_001)).match == .unmatched)
    }

    /// A dry run has read the CRM's contacts, but the warehouse has assigned them no ids.
    @Test func `contacts without an id are found all the same`() throws {
        let number = try Self.number(79_160_000_001)
        let links = ContactLinks { add in add(number, nil, 3) }
        #expect(links.link(number) == ContactLink(match: .ambiguous, id: nil))
    }
}
