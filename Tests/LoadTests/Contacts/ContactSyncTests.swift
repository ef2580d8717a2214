import CallRecords
import Load
import Pipeline
import Postgres
import Testing
import TestSupport
import Transform

@Suite(.enabled(if: TestPostgres.shared != nil, "\(TestPostgres.reasonForAbsence)"))
struct ContactSyncTests {
    private func sync(
        _ records: [ContactRecord],
        source: String = "csv",
        rules: String = "",
        _ connection: borrowing Connection,
        comparesAll: Bool = false,
        isDryRun: Bool = false
    ) throws -> ContactSync.Summary {
        let plan = try NumberPlan(region: "RU")
        return try ContactRefresh([ListedContacts(records)], named: source, numbers: plan, rules: rules)
            .run(connection, comparesAll: comparesAll, isDryRun: isDryRun).sync
    }

    /// `number: match, contact` of every call, in the order of the calls.
    private func calls(_ connection: borrowing Connection) throws -> [String] {
        try connection.query(
            """
            select customer_e164 || ': ' || match || coalesce(', ' || c.kind || ' ' || c.external_id, '')
            from voip.call left join voip.contact c using (contact_id) order by call_id
            """
        ).map { row in try row.text(0) }
    }

    private func contact(
        _ id: String,
        _ phones: String...,
        kind: ContactKind = .contact,
        name: String = "N"
    ) -> ContactRecord {
        ContactRecord(
            kind: kind,
            id: id,
            name: name,
            phones: phones.enumerated().map { ContactPhone($1, priority: Int16($0)) }
        )
    }

    @Test func callsOfLastWeekFollowTheContacts() async throws {
        try await ContactWarehouse.run(["+79161234567", "+79161234568", "+79161234569"]) { connection in
            let first = try sync([contact("1", "89161234567"), contact("2", "9161234568", "+79161234567")], connection)
            #expect(first.contacts == 2 && first.links == 3 && first.inserted == 2)
            #expect(first.numbersChanged == 2 && first.callsRelinked == 2)
            #expect(
                try calls(connection) == [
                    "+79161234567: ambiguous, contact 1", "+79161234568: matched, contact 2", "+79161234569: unmatched",
                ]
            )

            // Nothing new: nothing is written.
            let again = try sync([contact("2", "9161234568", "+79161234567"), contact("1", "89161234567")], connection)
            #expect(again.inserted + again.updated + again.removed + again.numbersChanged + again.callsRelinked == 0)

            // Contact 1 is gone, 3 is new, 2 has a different name.
            let third = try sync(
                [contact("2", "9161234568", "+79161234567", name: "M"), contact("3", "89161234569")],
                connection
            )
            #expect(third.inserted == 1 && third.updated == 1 && third.removed == 1)
            #expect(
                try calls(connection) == [
                    "+79161234567: matched, contact 2", "+79161234568: matched, contact 2",
                    "+79161234569: matched, contact 3",
                ]
            )

            // The last contact of a number is gone.
            let fourth = try sync([contact("3", "89161234569")], connection)
            #expect(fourth.removed == 1 && fourth.callsRelinked == 2)
            #expect(
                try calls(connection) == [
                    "+79161234567: unmatched", "+79161234568: unmatched", "+79161234569: matched, contact 3",
                ]
            )
        }
    }

    /// A user who may write the tables but not alter them can still sync the first time.
    @Test func theFirstSyncNeedsNoTableOfItsOwn() async throws {
        try await ContactWarehouse.run(["+79161234567"]) { connection in
            try connection.execute(
                """
                create role contact_writer;
                grant usage on schema voip to contact_writer;
                grant select, insert, update, delete on all tables in schema voip to contact_writer;
                set role contact_writer
                """
            )
            let first = try sync([contact("1", "89161234567"), contact("2", "89161234567")], connection)
            #expect(first.inserted == 2 && first.links == 2 && first.numbersChanged == 1 && first.callsRelinked == 1)
            #expect(try calls(connection) == ["+79161234567: ambiguous, contact 1"])
            try connection.execute("reset role; drop owned by contact_writer; drop role contact_writer")
        }
    }

    /// The call is linked to contact 1, which remains; the removal of 2 affects it all the same.
    @Test func aSharedNumberThatOneIsLeftWithIsMatched() async throws {
        try await ContactWarehouse.run(["+79161234567"]) { connection in
            _ = try sync([contact("1", "89161234567"), contact("2", "89161234567")], connection)
            #expect(try calls(connection) == ["+79161234567: ambiguous, contact 1"])
            let summary = try sync([contact("1", "89161234567")], connection)
            #expect(summary.numbersChanged == 1 && summary.callsRelinked == 1)
            #expect(try calls(connection) == ["+79161234567: matched, contact 1"])
        }
    }

    /// Contact 2's later version decides, wherever it is in the list.
    @Test func theLaterVersionDecides() async throws {
        try await ContactWarehouse.run(["+79161234567"]) { connection in
            var versions = [contact("2"), contact("2", "89161234567"), contact("1", "89161234567")]
            versions[0].updatedAt = 1_700_000_000
            versions[1].updatedAt = 1_700_000_002
            versions[2].updatedAt = 1_700_000_001
            _ = try sync(versions, connection)
            #expect(try calls(connection) == ["+79161234567: ambiguous, contact 2"])
        }
    }

    @Test func tieBreakIsTheIndexs() async throws {
        try await ContactWarehouse.run(["+79161234567"]) { connection in
            var gone = contact("1", "89161234567")
            gone.phones[0].priority = 100
            _ = try sync([gone, contact("9", "89161234567", kind: .lead)], connection)
            #expect(try calls(connection) == ["+79161234567: ambiguous, lead 9"])
            // The warehouse returns the same index.
            var builder = ContactIndexBuilder()
            try ContactStore.forEachContact(connection) { builder.add($0) }
            let index = builder.build()
            let number = try #require(PhoneNumber(e164: "+79161234567"))
            let chosen = try #require(index.match(number).reference)
            #expect(index[chosen].kind == .lead && index.warehouseID(chosen) != nil)
            #expect(index.candidates(number).count == 2)
        }
    }

    @Test func dryRunWritesNothing() async throws {
        try await ContactWarehouse.run(["+79161234567"]) { connection in
            let would = try sync([contact("1", "89161234567")], connection, isDryRun: true)
            #expect(would.inserted == 1 && would.callsRelinked == 1)
            #expect(try calls(connection) == ["+79161234567: unmatched"])
        }
    }

    @Test func anotherSourceReplacesTheFirst() async throws {
        try await ContactWarehouse.run(["+79161234567"]) { connection in
            _ = try sync([contact("1", "89161234567")], connection)
            let summary = try sync([contact("1", "89161234567", name: "of the CRM")], source: "djangocrm", connection)
            #expect(summary.inserted == 1 && summary.removed == 1)
            #expect(try calls(connection) == ["+79161234567: matched, contact 1"])
        }
    }

    @Test func anEmptySourceChangesNothing() async throws {
        try await ContactWarehouse.run(["+79161234567"]) { connection in
            // The first sync of an empty CRM is not an error.
            _ = try sync([], connection)
            _ = try sync([contact("1", "89161234567")], connection)
            #expect(throws: LoadContactsError.sourceIsEmpty) { try sync([], connection) }
            #expect(try calls(connection) == ["+79161234567: matched, contact 1"])
        }
    }

    @Test func `when the contacts were read is noted, by a sync without changes, too, and not by a dry run`()
        async throws
    {
        try await ContactWarehouse.run(["+79161234567"]) { connection in
            _ = try sync([contact("1", "89161234567")], connection, isDryRun: true)
            #expect(try connection.query("select 1 from voip.contact_sync").isEmpty)
            _ = try sync([contact("1", "89161234567")], connection)
            try connection.execute("update voip.contact_sync set synced_at = '2020-01-01'")
            _ = try sync([contact("1", "89161234567")], connection)
            let fresh = try connection.query(
                "select synced_at > now() - interval '1 minute', contacts from voip.contact_sync"
            )
            .map { row in (try row.bool(0), try row.int64(1)) }
            #expect(fresh.map(\.0) == [true] && fresh.map(\.1) == [1])
        }
    }

    @Test func theSameContactInSeveralRowsIsOne() async throws {
        try await ContactWarehouse.run(["+79161234567"]) { connection in
            let summary = try sync(
                [contact("1", "89161234567"), contact("2", "89161234568"), contact("1", "89161234567", name: "O")],
                connection
            )
            #expect(summary.inserted == 2)
            #expect(try calls(connection) == ["+79161234567: matched, contact 1"])
        }
    }

    /// Remembers which rows' numbers were read.
    private struct Listener: ContactLinker {
        var builder = ContactIndexBuilder(keepingNames: false)
        let normaliser: NumberNormaliser
        var read: [String] = []

        mutating func add(_ row: ContactRecord) -> PhoneTally {
            read.append(row.id)
            return builder.add(row, normaliser: normaliser)
        }

        func forEachNumber(_ body: (PhoneNumber) throws -> Void) rethrows { try builder.forEachNumber(body) }

        mutating func forEachLink(_ body: (ContactNumber) throws -> Void) rethrows {
            try builder.build().forEachLink(body)
        }
    }

    /// The ids of the contacts that a sync reads.
    private func listen(
        _ contacts: [ContactRecord],
        _ connection: borrowing Connection
    ) throws -> (read: [String], did: ContactSync.Summary) {
        var snapshot = ContactSnapshot()
        for contact in contacts { snapshot.add(contact) }
        var listener = Listener(normaliser: NumberNormaliser(plan: try NumberPlan(region: "RU")))
        let did = try ContactSync(source: "csv", rules: "").run(connection, &snapshot, linker: &listener)
        return (listener.read.sorted(), did)
    }

    private func spoil(_ connection: borrowing Connection) throws {
        try connection.execute("update voip.contact set name = 'by hand' where external_id = '1'")
    }

    private func name(_ connection: borrowing Connection) throws -> String? {
        try connection.query("select name from voip.contact where external_id = '1'").first { row in try row.text(0) }
    }

    /// Contact 3 gets the number of 2 instead of that of 1: all three are read, and 4 to 9 are not.
    @Test func `only contacts that changed or share a number with one are read`() async throws {
        try await ContactWarehouse.run { connection in
            var contacts = (1...9).map { contact("\($0)", "8916123456\($0)") }
            contacts[2].phones[0].text = "89161234561"
            #expect(try listen(contacts, connection).read == (1...9).map(String.init))
            #expect(try listen(contacts, connection).read == [])
            contacts[2].phones[0].text = "89161234562"
            let third = try listen(contacts, connection)
            #expect(third.read == ["1", "2", "3"] && third.did.numbersChanged == 2 && third.did.updated == 0)
            #expect(third.did.phones.readable == 9 && third.did.links == 9)
        }
    }

    /// What somebody changes by hand is not looked for in every sync.
    @Test func `rows changed by hand are noticed within a week`() async throws {
        try await ContactWarehouse.run(["+79161234567"]) { connection in
            let contacts = [contact("1", "89161234567"), contact("2", "89161234568")]
            _ = try sync(contacts, connection)
            // Another number of links is noticed at once.
            try connection.execute("delete from voip.contact_number where number_e164 = '+79161234567'")
            #expect(try sync(contacts, connection).numbersChanged == 1)

            try spoil(connection)
            #expect(try sync(contacts, connection).updated == 0)
            #expect(try sync(contacts, connection, comparesAll: true).updated == 1)
            #expect(try name(connection) == "N")
            try spoil(connection)
            #expect(try sync(contacts, rules: "other", connection).updated == 1)
            try spoil(connection)
            #expect(try sync(contacts, rules: "other", connection).updated == 0)
            try connection.execute("update voip.contact_sync set compared_at = now() - interval '7 days'")
            #expect(try sync(contacts, rules: "other", connection).updated == 1)
            #expect(try name(connection) == "N")
        }
    }
}
