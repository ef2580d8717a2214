import Glibc
import Postgres
import TestSupport

/// A warehouse for one test, with the tables of `sql/` and some calls.
enum ContactWarehouse {
    /// Runs in a separate warehouse, with a call from each of these customers' numbers.
    static func run(_ customers: [String] = [], _ body: (borrowing Connection) throws -> Void) async throws {
        guard let server = TestPostgres.shared else { return }
        try await server.withDatabase { connection in
            try connection.execute("create schema if not exists voip")
            let names = [
                "0001_legs_and_calls", "0002_queues", "0003_contacts", "0008_contact_syncs", "0015_contact_versions",
            ]
            for name in names {
                try connection.execute(Self.sql(name))
            }
            for (index, customer) in customers.enumerated() {
                try connection.query(
                    """
                    insert into voip.call (call_id, pbx_id, linkedid, direction, disposition, started_at, duration_s, talk_s,
                        queues, transfers, legs, customer, customer_e164, match, row_hash)
                    values ($1::bigint, 1, $2, 'inbound', 'answered', now() - interval '7 days', 1, 1, 0, 0, 1, $3, $3,
                        'unmatched', 0)
                    """,
                    [.int64(Int64(index)), .text("l\(index)"), .text(customer)]
                )
            }
            try body(connection)
        }
    }

    private static func sql(_ name: String, file: String = #filePath) -> String {
        let root = file.split(separator: "/").dropLast(4).map { "/" + $0 }.joined()
        let descriptor = open("\(root)/sql/\(name).sql", O_RDONLY)
        defer { close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: 1 << 20)
        let count = read(descriptor, &bytes, bytes.count)
        return String(decoding: bytes.prefix(max(0, count)), as: UTF8.self)
    }
}
