import Base
import Postgres
import Testing
import TestSupport
import Warehouse

/// What can be said of a warehouse on a cluster without one.
@Suite(.enabled(if: TestPostgres.shared != nil, "\(TestPostgres.reasonForAbsence)"))
struct DistributionTests {
    private static let ofPBXs = [
        "agent", "agent_session", "call", "call_alias", "callback", "cdr", "file_map", "queue_event", "queue_log_span",
        "queue_visit", "reject",
    ]
    private static let ofNobody = [
        "contact", "contact_number", "contact_sync", "etl_run", "forgotten", "pbx", "retention",
    ]

    @Test func `tables with rows of PBXs are spread by PBX, and all others are copied to every server`() async throws {
        try await Bench.with { bench in
            let statements = try Distribution().statements(bench.connection)
            for table in Self.ofNobody {
                #expect(statements.contains("select create_reference_table('voip.\(table)')"))
            }
            #expect(
                statements.contains("select create_distributed_table('voip.agent', 'pbx_id', colocate_with => 'none')")
            )
            for table in Self.ofPBXs.dropFirst() {
                let statement =
                    "select create_distributed_table('voip.\(table)', 'pbx_id', colocate_with => 'voip.agent')"
                #expect(statements.contains(statement))
            }
            let count = { (prefix: String) in statements.count { $0.hasPrefix(prefix) } }
            #expect(count("select create_reference_table") == Self.ofNobody.count)
            #expect(count("select create_distributed_table") == Self.ofPBXs.count)
            #expect(count("select truncate_local_data") == Self.ofNobody.count + Self.ofPBXs.count)
        }
    }

    @Test func `foreign keys come off before the first table is distributed, and those of contacts come back`()
        async throws
    {
        try await Bench.with { bench in
            let statements = try Distribution().statements(bench.connection)
            let off = statements.indices(where: { $0.contains(" drop constraint ") })
            let back = statements.filter { $0.contains(" add constraint ") }
            let spread = statements.indices(where: {
                $0.hasPrefix("select create_reference") || $0.hasPrefix("select create_distributed_table")
            })
            #expect(off.ranges.count == 1 && spread.ranges.count == 1)
            #expect(off.ranges[0].upperBound == spread.ranges[0].lowerBound)
            // Of callbacks, of file maps and of the numbers of contacts.
            #expect(off.ranges[0].count == 3)
            #expect(
                back == [
                    "alter table voip.contact_number add constraint contact_number_contact_id_fkey FOREIGN KEY (contact_id) "
                        + "REFERENCES voip.contact(contact_id) ON DELETE CASCADE"
                ]
            )
        }
    }

    @Test func `every key of a table with rows of PBXs contains the PBX`() async throws {
        try await Bench.with { bench in
            let keys = try bench.connection.texts(
                """
                select i.indrelid::regclass || ' ' || i.indexrelid::regclass
                from pg_index as i
                join pg_attribute as a on a.attrelid = i.indrelid and a.attname = 'pbx_id'
                where i.indisunique and i.indrelid::regclass::text = any(
                        select 'voip.' || t from unnest(string_to_array('\(Self.ofPBXs.joined(separator: " "))', ' ')) as t)
                    and not a.attnum = any(i.indkey)
                """
            )
            #expect(keys == [])
        }
    }

    @Test(.enabled(if: TestCluster.shared == nil, "There is a cluster."))
    func `a server without Citus is left as it is, and the refusal says what to do`() async throws {
        try await Bench.with { bench in
            let error = #expect(throws: WarehouseError.self) { try Distribution().run(bench.connection) }
            #expect(error?.code == .extensionMissing && error?.category == .unavailable)
            #expect(error?.description.contains("Citus") == true)
        }
    }
}
