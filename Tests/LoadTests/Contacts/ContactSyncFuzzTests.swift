import CallRecords
import Extract
import Load
import Pipeline
import Postgres
import Testing
import TestSupport
import Transform

/// Consecutive syncs of a CRM that has changed a little, not at all, or was replaced by another one.
@Suite(.enabled(if: TestPostgres.shared != nil, "\(TestPostgres.reasonForAbsence)"))
struct ContactSyncFuzzTests {
    private static let customers = (0..<12).map { "+7916000000\($0 % 10)" } + ["+79160000010", "+79160000011"]

    @Test(arguments: 1...6) func warehouseIsTheModel(seed: Int) async throws {
        try await ContactWarehouse.run(Self.customers) { connection in
            var random = SeededGenerator(seed: UInt64(seed))
            let plan = try NumberPlan(region: "RU")
            var records: [ContactRecord] = []
            var (source, rules) = ("csv", "rules")
            var (before, model) = (ContactModel(), ContactModel())
            var ids: [ContactModel.Identity: Int64] = [:]
            for _ in 0..<25 {
                switch Int.random(in: 0..<8, using: &random) {
                case 0: break
                case 1: source = source == "csv" ? "djangocrm" : "csv"
                default: Self.change(&records, &random)
                }
                records.shuffle(using: &random)
                (before, model) = (model, ContactModel(records, source: source))
                // Now and then, numbers are read by other rules, and everything is compared.
                if Int.random(in: 0..<10, using: &random) == 0 { rules += "'" }
                let refresh = ContactRefresh([ListedContacts(records)], named: source, numbers: plan, rules: rules)
                let callsBefore = try calls(connection).ids
                if Int.random(in: 0..<4, using: &random) == 0 {
                    // A dry run reports what the sync does, and changes nothing.
                    let would = try refresh.run(connection, isDryRun: true).sync
                    #expect(try state(connection).contacts == before.contacts)
                    #expect(try calls(connection).ids == callsBefore)
                    let did = try refresh.run(connection).sync
                    #expect(did == would)
                    try expect(did, before, model, callsBefore, connection)
                } else {
                    try expect(try refresh.run(connection).sync, before, model, callsBefore, connection)
                }
                // A contact that remains keeps its id.
                let now = try state(connection).ids
                for (identity, id) in now where before.contacts[identity]?.source == source {
                    #expect(ids[identity] == id)
                }
                ids = now
                let again = try refresh.run(connection).sync
                #expect(
                    again.inserted + again.updated + again.removed + again.numbersChanged + again.callsRelinked == 0
                )
            }
        }
    }

    private func expect(
        _ did: ContactSync.Summary,
        _ before: ContactModel,
        _ model: ContactModel,
        _ callsBefore: [String],
        _ connection: borrowing Connection
    ) throws {
        let state = try state(connection)
        #expect(state.contacts == model.contacts)
        #expect(state.numbers == model.numbers)
        let calls = try calls(connection)
        #expect(calls.links == Self.customers.map { model.link($0) })

        #expect(did.links == model.numbers.values.reduce(0) { $0 + $1.count })
        // A contact of another source is another contact.
        let isKnown = { (row: ContactModel.Row) in before.contacts[row.identity]?.source == row.source }
        #expect(did.inserted == model.contacts.values.count { !isKnown($0) })
        #expect(did.updated == model.contacts.values.count { isKnown($0) && before.contacts[$0.identity] != $0 })
        #expect(did.removed == before.contacts.values.count { model.contacts[$0.identity]?.source != $0.source })
        let numbers = Set(before.numbers.keys).union(model.numbers.keys)
        let isOther = before.contacts.first?.value.source != model.contacts.first?.value.source
        #expect(did.numbersChanged == numbers.count { isOther || before.numbers[$0] != model.numbers[$0] })
        #expect(did.callsRelinked == zip(callsBefore, calls.ids).count { $0 != $1 })
    }

    /// Adds, removes and alters some, with so few numbers that many are shared.
    private static func change(_ records: inout [ContactRecord], _ random: inout SeededGenerator) {
        for _ in 0..<Int.random(in: 1...8, using: &random) {
            let index = Int.random(in: 0...records.count, using: &random)
            guard index < records.count else {
                records.append(record(&random))
                continue
            }
            switch Int.random(in: 0..<7, using: &random) {
            case 0 where records.count > 1: records.remove(at: index)
            case 1: records[index].name = "N\(Int.random(in: 0..<4, using: &random))"
            case 2: records[index].owner = [nil, "", "O1", "O2"].randomElement(using: &random) ?? nil
            case 3: records[index].updatedAt = [nil, 1_700_000_000, 1_700_000_001].randomElement(using: &random) ?? nil
            case 4: records[index].phones = phones(&random)
            case 5:
                // Two contacts swap their names.
                let other = Int.random(in: 0..<records.count, using: &random)
                (records[index].name, records[other].name) = (records[other].name, records[index].name)
            default: records.append(record(&random))
            }
        }
    }

    private static func record(_ random: inout SeededGenerator) -> ContactRecord {
        let kinds: [ContactKind] = [.contact, .lead, .company, .user, ContactKind(rawValue: "deal")]
        return ContactRecord(
            kind: kinds.randomElement(using: &random) ?? .contact,
            id: "\(Int.random(in: 1...12, using: &random))",
            name: "N\(Int.random(in: 0..<4, using: &random))",
            phones: phones(&random)
        )
    }

    private static func phones(_ random: inout SeededGenerator) -> [ContactPhone] {
        (0..<Int.random(in: 0...3, using: &random)).map { place in
            let number = Int.random(in: 0..<12, using: &random)
            let standing: Int16 = Int.random(in: 0..<4, using: &random) == 0 ? 100 : 0
            return ContactPhone("+791600000\(number < 10 ? "0" : "")\(number)", priority: standing + Int16(place))
        }
    }

    private func state(
        _ connection: borrowing Connection
    ) throws -> (
        contacts: [ContactModel.Identity: ContactModel.Row], numbers: [String: [ContactModel.Link]],
        ids: [ContactModel.Identity: Int64]
    ) {
        let rows = try connection.query(
            """
            select kind, external_id, source, name, owner, extract(epoch from updated_at)::bigint, contact_id
            from voip.contact
            """
        ).map { row in
            let identity = ContactModel.Identity(kind: try row.text(0), id: Int(try row.text(1)) ?? -1)
            let contact = ContactModel.Row(
                source: try row.text(2),
                identity: identity,
                name: try row.text(3),
                owner: try row.textIfPresent(4),
                updatedAt: try row.int64IfPresent(5)
            )
            return (identity, contact, try row.int64(6))
        }
        let links = try connection.query(
            """
            select number_e164, kind, external_id, priority::bigint, place::bigint
            from voip.contact_number join voip.contact using (contact_id) order by number_e164, place
            """
        ).map { row in
            let identity = ContactModel.Identity(kind: try row.text(1), id: Int(try row.text(2)) ?? -1)
            let link = ContactModel.Link(identity: identity, priority: Int16(clamping: try row.int64(3)))
            return (try row.text(0), link, Int(try row.int64(4)))
        }
        var numbers: [String: [ContactModel.Link]] = [:]
        for (number, link, place) in links {
            #expect(place == numbers[number, default: []].count)
            numbers[number, default: []].append(link)
        }
        return (
            Dictionary(uniqueKeysWithValues: rows.map { ($0.0, $0.1) }), numbers,
            Dictionary(uniqueKeysWithValues: rows.map { ($0.0, $0.2) })
        )
    }

    /// What each call is linked to, by the contacts' own keys and by id.
    private func calls(_ connection: borrowing Connection) throws -> (links: [String], ids: [String]) {
        let rows = try connection.query(
            """
            select c.match || coalesce(' ' || k.kind || ' ' || k.external_id, ''),
                   c.match || coalesce(' ' || c.contact_id, '')
            from voip.call c left join voip.contact k using (contact_id) order by call_id
            """
        ).map { row in (try row.text(0), try row.text(1)) }
        return (rows.map(\.0), rows.map(\.1))
    }
}
