import CallRecords
import Postgres
import Warehouse

/// Which contacts of a source differ from those in the warehouse.
struct ContactDifference {
    /// For each contact of the source, its `contact_id`; 0 for a new one.
    private(set) var ids: [Int64]
    /// For each contact of the source, whether it is new or may have changed.
    private(set) var isChanged: [Bool]
    /// How many contacts are new or may have changed.
    private(set) var changed: Int
    /// How many contacts of the source are stored.
    private(set) var stored = 0
    /// Stored contacts of this source that it does not have any more.
    var gone: [Int64] = []
    /// The phones of the contacts that have not changed.
    private(set) var phones = PhoneTally()

    /// Compares each contact's fingerprint with the stored one.
    ///
    /// - Parameter all: whether what is stored cannot be relied on, so that every contact may have changed.
    /// - Throws: `PostgresError`.
    init(_ snapshot: ContactSnapshot, comparesAll all: Bool, _ connection: borrowing Connection) throws {
        ids = [Int64](repeating: 0, count: snapshot.count)
        isChanged = [Bool](repeating: true, count: snapshot.count)
        changed = snapshot.count
        try connection.copyOut(SQLFiles.Contacts.stored) { row in
            let id = try row.int64(0)
            // Kinds that are spelt with other Unicode characters are the same, and may both be stored.
            guard let kind = row.bytes(1), let known = row.bytes(2),
                let contact = snapshot.index(kind: kind, id: known), ids[contact] == 0
            else {
                gone.append(id)
                return
            }
            stored += 1
            ids[contact] = id
            guard !all, try row.int64IfPresent(3) == snapshot.fingerprint(contact) else { return }
            isChanged[contact] = false
            changed -= 1
            phones.readable += Int(try row.int32(4))
            phones.unreadable += Int(try row.int32(5))
        }
    }
}
