import Base
import CallRecords
import Extract
import Load
import Pipeline
import Postgres
import Testing
import TestSupport
import Transform
import Warehouse

/// On a Citus cluster, where every server has a copy of the contacts and calls are spread, syncs and runs with contacts leave
/// the same rows as on one server, and count the same changes.
@Suite(.enabled(if: TestCluster.shared != nil, "\(TestCluster.reasonForAbsence)"))
struct ContactClusterTests {
    private struct Source: ContactSource {
        var records: [ContactRecord]
        var skippedRows: Int { 0 }

        mutating func forEachContact(_ body: (ContactRecord) throws -> Void) throws {
            for record in records { try body(record) }
        }
    }

    /// What a cluster must have in common with one server after every step.
    private struct Step: Equatable {
        var summary: ContactSync.Summary
        var rows: [String]
    }

    private static func contact(
        _ id: Int,
        _ phones: [String],
        name: String = "N",
        owner: String? = nil,
        updatedAt: Moment? = nil
    ) -> ContactRecord {
        ContactRecord(
            kind: id % 3 == 0 ? .lead : .contact,
            id: "\(id)",
            name: name,
            owner: owner,
            updatedAt: updatedAt,
            phones: phones.enumerated().map { ContactPhone($1, priority: Int16($0)) }
        )
    }

    /// The sources of consecutive syncs, made from numbers of callers.
    private static func steps(_ numbers: [String]) -> [(source: String, records: [ContactRecord])] {
        let first = numbers.enumerated().map { contact($0, [$1]) }
        // Another name, another number, swapped names, a second contact with a known number, a newer duplicate, one less.
        var changed = first.dropLast(2) + [contact(900, [numbers[0]]), contact(901, [numbers[3], numbers[4]])]
        changed[0].name = "Changed"
        changed[1].phones = changed[2].phones
        (changed[3].name, changed[4].name) = ("Four", "Three")
        changed.append(contact(5, [numbers[5]], name: "Newer", owner: "O", updatedAt: 1_700_000_000))
        return [
            ("csv", first), ("csv", first), ("csv", Array(changed)), ("query", Array(changed)),
            ("query", Array(first.prefix(3))),
        ]
    }

    private static func rows(_ connection: borrowing Connection) throws -> [String] {
        try connection.texts(
            """
            select concat_ws('|', 'contact', source, kind, external_id, name, owner, extension, updated_at) from voip.contact
            union all
            select concat_ws('|', 'number', k.number_e164, c.source, c.kind, c.external_id, k.priority, k.place)
            from voip.contact_number as k join voip.contact as c using (contact_id)
            union all
            select concat_ws('|', 'call', (to_jsonb(t) - 'contact_id')::text, c.source, c.kind, c.external_id)
            from voip.call as t left join voip.contact as c using (contact_id)
            """
        ).sorted()
    }

    /// Loads half of the sample, syncs, and loads the rest with the contacts.
    private static func fill(_ bench: inout Bench) throws -> [Step] {
        let legs = try Files.legs.get()
        _ = try bench.run([bench.write(legs.prefix(200).joined(), to: "half.csv")])
        let numbers = try bench.connection.texts(
            "select distinct customer_e164 from voip.call where customer_e164 is not null order by 1 limit 12"
        )
        let plan = try NumberPlan(region: "RU")
        let whole = try bench.write(legs.prefix(400).joined(), to: "Master.csv")
        var steps: [Step] = []
        for (source, records) in self.steps(numbers) {
            let refresh = ContactRefresh([Source(records: records)], named: source, numbers: plan)
            let summary = try refresh.run(bench.connection).sync
            #expect(try refresh.run(bench.connection).sync.numbersChanged == 0)
            steps.append(Step(summary: summary, rows: try rows(bench.connection)))
            for pbx in ["main", "branch"] {
                _ = try bench.run([whole]) {
                    $0.pbx = pbx
                    $0.contacts = try ContactRefresh.links(of: bench.connection)
                }
            }
            steps.append(Step(summary: summary, rows: try rows(bench.connection)))
        }
        return steps
    }

    @Test func `contacts and the calls linked to them are the same as on one server`() async throws {
        let alone = try await Bench.with { bench in try Self.fill(&bench) }
        try Bench.withCluster { bench in
            let steps = try Self.fill(&bench)
            for (index, (here, there)) in zip(steps, alone).enumerated() {
                #expect(here.summary == there.summary, "step \(index)")
                #expect(here.rows == there.rows, "step \(index)")
            }
            #expect(steps.count == alone.count)
            #expect(alone[0].summary.callsRelinked > 0 && alone[4].summary.callsRelinked > 0)
            #expect(try Checks().run(bench.connection).map { "\($0.title) \($0.rows)" } == [])
        }
    }
}
