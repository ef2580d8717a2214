import Base
import CallRecords
import Testing
import TestSupport

@testable import Transform

@Suite struct ContactIndexTests {
    static func normaliser() throws -> NumberNormaliser {
        NumberNormaliser(
            plan: try NumberPlan(region: "RU", outsidePrefix: "9", extensions: try ExtensionPlan("100-199"))
        )
    }

    static func index(_ records: [ContactRecord]) throws -> ContactIndex {
        let normaliser = try normaliser()
        var builder = ContactIndexBuilder()
        for record in records { builder.add(record, normaliser: normaliser) }
        return builder.build()
    }

    static func record(
        _ kind: ContactKind,
        _ id: String,
        _ phones: String...,
        updated: Moment? = nil,
        penalty: Int16 = 0
    ) -> ContactRecord {
        ContactRecord(
            kind: kind,
            id: id,
            name: "\(kind.rawValue) \(id)",
            updatedAt: updated,
            phones: phones.enumerated().map { ContactPhone($1, priority: Int16($0) + penalty) }
        )
    }

    private func match(_ index: ContactIndex, _ written: String) throws -> (label: String, candidates: Int) {
        guard let number = try Self.normaliser().party(written, as: .caller).phoneNumber else {
            return ("no number", 0)
        }
        let match = index.match(number)
        let label = match.reference.map { index[$0].name } ?? "unmatched"
        switch match {
        case .unmatched: return (label, 0)
        case .matched: return (label, 1)
        case .ambiguous(_, candidates: let count): return (label, count)
        }
    }

    @Test func everySpellingOnBothSidesMeets() throws {
        let spellings = [
            "+79161234567", "79161234567", "89161234567", "9161234567", "0079161234567", "8 (916) 123-45-67",
        ]
        for inCRM in spellings {
            let index = try Self.index([Self.record(.contact, "1", inCRM)])
            for onTrunk in spellings { #expect(try match(index, onTrunk) == ("contact 1", 1), "\(inCRM) \(onTrunk)") }
        }
    }

    @Test(
        arguments: [
            ("8-916-2579240 доб. 12", ["+79162579240"]),
            (" +79167135241 ", ["+79167135241"]),
            ("8 (916) 197-30-60", ["+79161973060"]),
            ("+7 916 353 0829, 8 (495) 958-88-07 / 9163530829", ["+79163530829", "+74959588807"]),
            ("89161234567;89161234568", ["+79161234567", "+79161234568"]),
            ("89161234567/89161234568", ["+79161234567", "+79161234568"]),
            ("89161234567 89161234568", ["+79161234567", "+79161234568"]),
            ("+79161234567+79161234568", ["+79161234567", "+79161234568"]),
            ("+7 916 123 4567 +7 916 123 4568", ["+79161234567", "+79161234568"]),
            ("моб. 8 (916) 197-30-60 (Ольга), раб.: 8-495-958-88-07 вн. 3", ["+79161973060", "+74959588807"]),
            ("8 (495) 958-88-07/08", ["+74959588807"]),
            ("тел.84959588807", ["+74959588807"]),
            ("\u{202A}+79161234567\u{202C}", ["+79161234567"]),
            ("+44 20 7946 0958 x12", ["+442079460958"]),
            ("tel:+7-916-197-30-60;ext=4", ["+79161973060"]),
            ("101", []), ("нет", []), ("-", []), ("12345", []), ("", []), ("8 800", []), ("ivan@example.com", []),
        ] as [(String, [String])]
    )
    func numbersInAField(field: String, expected: [String]) throws {
        #expect(try Self.normaliser().numbers(inContactField: field).map(\.description) == expected)
    }

    @Test func slashInsideAGermanNumber() throws {
        let normaliser = NumberNormaliser(plan: try NumberPlan(region: "DE"))
        #expect(normaliser.numbers(inContactField: "030/1234567").map(\.description) == ["+49301234567"])
    }

    @Test func theSamePersonTwiceIsNotAmbiguous() throws {
        let index = try Self.index([
            Self.record(.contact, "7", "+79161234567", "8 916 123 45 67"),
            Self.record(.lead, "1", "9161234568"),
            Self.record(.contact, "7", "+79161234567"),
        ])
        #expect(try match(index, "9161234567") == ("contact 7", 1))
        #expect(index.linkCount == 2)
    }

    /// One line for each rule: the winner first, and what decides.
    static let tieBreaks: [(winner: ContactRecord, loser: ContactRecord, rule: ContactTieBreak)] = [
        (record(.lead, "9", "89161234567"), record(.contact, "1", "89161234567", penalty: 100), .standing),
        (record(.contact, "9", "84951234567", "89161234567"), record(.lead, "1", "89161234567"), .kind),
        (record(.lead, "9", "89161234567"), record(.company, "1", "89161234567"), .kind),
        (record(.company, "9", "89161234567"), record(ContactKind(rawValue: "request"), "1", "89161234567"), .kind),
        (record(ContactKind(rawValue: "request"), "9", "89161234567"), record(.user, "1", "89161234567"), .kind),
        (record(.contact, "9", "89161234567"), record(.contact, "1", "84951234567", "89161234567"), .phonePriority),
        (
            record(.contact, "9", "89161234567", updated: 200), record(.contact, "1", "89161234567", updated: 100),
            .updatedAt
        ),
        (record(.contact, "9", "89161234567", updated: 200), record(.contact, "1", "89161234567"), .updatedAt),
        (record(.contact, "9", "89161234567"), record(.contact, "10", "89161234567"), .id),
        (record(.contact, "10", "89161234567"), record(.contact, "a", "89161234567"), .id),
        (record(.contact, "ab", "89161234567"), record(.contact, "b", "89161234567"), .id),
    ]

    @Test(arguments: tieBreaks.indices)
    func tieBreak(row: Int) throws {
        let (winner, loser, rule) = Self.tieBreaks[row]
        for records in [[winner, loser], [loser, winner]] {
            let index = try Self.index(records)
            #expect(try match(index, "+79161234567") == (winner.name, 2))
            let explanation = index.explain("89161234567", normaliser: try Self.normaliser())
            #expect(explanation.tieBreak == rule)
            #expect(explanation.candidates.map(\.contact.name) == [winner.name, loser.name])
        }
    }

    /// A thousand contacts with few numbers: the links are the same in any order, and equal to those found by an
    /// exhaustive search of the records.
    @Test(arguments: 0..<20 as Range<UInt64>)
    func orderOfInputDoesNotMatter(seed: UInt64) throws {
        var random = SeededGenerator(state: seed)
        var records: [ContactRecord] = []
        for id in 0..<300 {
            let kind = [ContactKind.contact, .lead, .company][Int(random.next(upperBound: 3 as UInt64))]
            let phones = (0..<random.next(upperBound: 4 as UInt64)).map { priority in
                ContactPhone("+7916000\(1000 + random.next(upperBound: 60 as UInt64))", priority: Int16(priority))
            }
            records.append(
                ContactRecord(
                    kind: kind,
                    id: String(id),
                    name: "n\(id)",
                    updatedAt: random.next(upperBound: 2 as UInt64) == 0
                        ? nil : Moment(seconds: Int64(random.next(upperBound: 5 as UInt64) + 1)),
                    phones: phones
                )
            )
        }
        let first = try Self.index(records)
        let second = try Self.index(records.shuffled(using: &random))
        for suffix in 1000..<1060 {
            let number = try #require(PhoneNumber(e164: "+7916000\(suffix)"))
            // Independent of the index: the best key among plain tuples.
            let holders = records.compactMap { record -> (key: (UInt8, Int16, Int64, Int), id: String)? in
                guard let priority = record.phones.filter({ $0.text == number.description }).map(\.priority).min()
                else { return nil }
                return (
                    (record.kind.rank, priority, -(record.updatedAt?.wholeSeconds ?? 0), Int(record.id) ?? 0), record.id
                )
            }
            let best = holders.min { $0.key < $1.key }
            for index in [first, second] {
                #expect(index.match(number).reference.map { index[$0].id } == best?.id)
                #expect(index.candidates(number).count == holders.count)
            }
        }
        var places: [PhoneNumber: Int] = [:]
        first.forEachLink { link in
            #expect(link.place == places[link.number, default: 0])
            places[link.number] = link.place + 1
        }
    }

    @Test func extensionsLeadToUsers() throws {
        let index = try Self.index([
            ContactRecord(kind: .user, id: "2", name: "Olga", extension: "101"),
            ContactRecord(kind: .contact, id: "901", name: "Extension Only", phones: [ContactPhone("101")]),
        ])
        #expect(index.user(extension: "101")?.name == "Olga")
        #expect(index.user(extension: "102") == nil)
        #expect(index.linkCount == 0)
    }

    @Test func emptyIndexMatchesNothing() throws {
        let index = ContactIndexBuilder().build()
        let number = try #require(PhoneNumber(e164: "+79161234567"))
        #expect(index.match(number) == .unmatched)
        #expect(index.candidates(number).isEmpty)
    }

    @Test func longTextsAreCutAtACharacter() throws {
        let long = ContactRecord(
            kind: .contact,
            id: "1",
            name: String(repeating: "я", count: 40_000),
            phones: [ContactPhone("89161234567")]
        )
        let index = try Self.index([long, Self.record(.contact, "2", "89161234568")])
        let number = try #require(PhoneNumber(e164: "+79161234567"))
        let reference = try #require(index.match(number).reference)
        #expect(index[reference].name == String(repeating: "я", count: (65_535 - 4) / 2))
    }

    @Test func explanationReadsLikeASentence() throws {
        let index = try Self.index([
            Self.record(.contact, "2", "+7 916 353 0829"), Self.record(.contact, "900", "89163530829"),
        ])
        let normaliser = try Self.normaliser()
        #expect(
            index.explain("989163530829", as: .dialled, normaliser: normaliser).description == """
                +79163530829: a national number of RU, after 9 for an outside line
                2 contacts have this number; the first is taken
                  contact 2  contact 2  priority 0
                  contact 900  contact 900  priority 0
                tie-break: nothing else tells them apart, so the lowest id is taken
                """
        )
        #expect(
            index.explain("101", normaliser: normaliser).description
                == "101: an extension by the PBX's plan; contacts are matched by public numbers only"
        )
    }
}
