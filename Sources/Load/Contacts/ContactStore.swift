public import CallRecords
public import Postgres

/// The contacts in the warehouse, for runs that do not query the CRM.
public enum ContactStore {
    /// Reads every contact with its numbers in E.164 and its `contact_id`, one row at a time.
    ///
    /// - Throws: `PostgresError`, or any error of `body`.
    public static func forEachContact(
        _ connection: borrowing Connection,
        _ body: (ContactRecord) throws -> Void
    ) throws {
        var current: ContactRecord?
        try connection.copyOut(
            """
            COPY (SELECT c.contact_id, c.kind, c.external_id, c.name, c.owner, c.extension, c.updated_at, k.number_e164, k.priority
                  FROM voip.contact c LEFT JOIN voip.contact_number k USING (contact_id)
                  ORDER BY c.contact_id) TO STDOUT (FORMAT binary)
            """
        ) { row in
            let id = try row.int64(0)
            if current?.warehouseID != id {
                if let current { try body(current) }
                current = ContactRecord(
                    kind: ContactKind(rawValue: try row.text(1)),
                    id: try row.text(2),
                    name: try row.text(3),
                    owner: try row.textIfPresent(4),
                    extension: try row.textIfPresent(5),
                    updatedAt: try row.momentIfPresent(6),
                    warehouseID: id
                )
            }
            if let number = try row.textIfPresent(7) {
                current?.phones.append(ContactPhone(number, priority: try row.int16IfPresent(8) ?? 0))
            }
        }
        if let current { try body(current) }
    }

    /// Reads every number with the contact that its calls are linked to, and the number of contacts that have it.
    ///
    /// - Throws: `PostgresError`.
    public static func forEachNumber(
        _ connection: borrowing Connection,
        _ body: (_ number: PhoneNumber, _ contact: Int64?, _ candidates: Int) -> Void
    ) throws {
        try connection.copyOut(
            """
            COPY (SELECT number_e164, min(contact_id) FILTER (WHERE place = 0), count(*)
                  FROM voip.contact_number GROUP BY number_e164) TO STDOUT (FORMAT binary)
            """
        ) { row in
            guard let number = PhoneNumber(e164: try row.text(0)) else { return }
            body(number, try row.int64IfPresent(1), Int(try row.int64(2)))
        }
    }
}
