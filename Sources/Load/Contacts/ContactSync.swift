public import CallRecords
public import Postgres
import Warehouse

/// Makes the warehouse's contacts equal to those of the CRM: inserts new ones, updates changed ones, removes missing
/// ones, and relinks every call with an affected number. A sync without changes writes only its time.
///
/// A contact has changed if its fingerprint differs from the stored one. Only the numbers of contacts that have changed,
/// and of those that share one with them, are read and compared: the ranks of all others are the same, because the
/// order of contacts that share a number depends on nothing but these contacts.
public struct ContactSync: Sendable {
    /// The result of a sync.
    public struct Summary: Hashable, Sendable {
        /// Contacts that the source has.
        public var contacts = 0
        /// Links between numbers and contacts.
        public var links = 0
        /// Contacts that are new.
        public var inserted = 0
        /// Contacts whose name, owner, extension or date has changed.
        public var updated = 0
        /// Contacts that the source no longer has.
        public var removed = 0
        /// Numbers whose contacts have changed.
        public var numbersChanged = 0
        /// Calls that are now linked to another contact, or to none.
        public var callsRelinked = 0
        /// The phone fields of all contacts.
        public var phones = PhoneTally()

        /// A summary at zero.
        public init() {}
    }

    private let source: String
    private let rules: String
    private let comparesAll: Bool

    /// - Parameters:
    ///   - source: the value of `voip.contact.source`: `csv`, a preset's name, or `query`.
    ///   - rules: by what numbers are read. If the last sync had others, every contact is compared.
    ///   - comparesAll: whether every contact is compared in any case.
    public init(source: String, rules: String, comparesAll: Bool = false) {
        self.source = source
        self.rules = rules
        self.comparesAll = comparesAll
    }

    /// Syncs in one transaction: other sessions see either the old or the new contacts.
    ///
    /// - Parameters:
    ///   - connection: to the warehouse.
    ///   - snapshot: every contact of the source; it may be empty afterwards.
    ///   - linker: without contacts; those whose numbers matter are added.
    ///   - isDryRun: whether everything is rolled back at the end.
    /// - Returns: what was done, or would be done.
    /// - Throws: ``LoadContactsError`` if the source has no contacts and the warehouse has some, or if most phones cannot
    ///   be read; `PostgresError`.
    public func run(
        _ connection: borrowing Connection,
        _ snapshot: inout ContactSnapshot,
        linker: inout some ContactLinker,
        isDryRun: Bool = false
    ) throws -> Summary {
        var summary = Summary()
        summary.contacts = snapshot.count
        try connection.transaction(isDryRun: isDryRun) { connection in
            guard try snapshot.count > 0 || !hasContacts(connection) else { throw LoadContactsError.sourceIsEmpty }
            try connection.execute(SQLFiles.Contacts.stage)
            try connection.execute("SET LOCAL voip.contact_source = \(SQL.literal(source))")
            let all = try comparesAll || !isKnown(connection)
            let difference = try ContactDifference(snapshot, comparesAll: all, connection)
            summary.phones = difference.phones
            let others = try connection.execute(SQLFiles.Contacts.gone)
            if difference.changed + difference.gone.count + others > 0 {
                var stage = ContactStage(consume difference)
                try apply(&stage, &snapshot, &linker, connection, &summary)
            }
            summary.links = try note(summary.contacts, comparedAll: all, connection)
        }
        return summary
    }

    /// Writes what differs.
    private func apply(
        _ stage: inout ContactStage,
        _ snapshot: inout ContactSnapshot,
        _ linker: inout some ContactLinker,
        _ connection: borrowing Connection,
        _ summary: inout Summary
    ) throws {
        try stage.gone(connection)
        summary.phones += try stage.contacts(&snapshot, &linker, connection)
        let phones = summary.phones
        guard phones.unreadable <= phones.readable else {
            throw LoadContactsError.phonesAreUnreadable(phones.unreadable, of: phones.unreadable + phones.readable)
        }
        if try stage.replacesAll && holds(SQLFiles.Contacts.mayFill, connection) {
            try stage.links(snapshot, &linker, connection)
            try connection.execute(SQLFiles.Contacts.fill)
        } else {
            try stage.touched(snapshot, &linker, connection)
            try connection.execute(SQLFiles.Contacts.merge)
        }
        try count(connection, into: &summary)
        summary.callsRelinked = try connection.execute(SQLFiles.Contacts.relink)
    }

    /// Records the sync: one without changes writes nothing else.
    ///
    /// - Returns: how many links there are now.
    private func note(_ contacts: Int, comparedAll: Bool, _ connection: borrowing Connection) throws -> Int {
        let links = try connection.query(
            SQLFiles.Contacts.synced,
            [.text(source), .int64(Int64(contacts)), .text(rules), .bool(comparedAll)]
        ).first { row in try row.int64(0) }
        return Int(links ?? 0)
    }

    private func hasContacts(_ connection: borrowing Connection) throws -> Bool {
        try holds("SELECT EXISTS (SELECT FROM voip.contact)", connection)
    }

    private func isKnown(_ connection: borrowing Connection) throws -> Bool {
        try holds(SQLFiles.Contacts.known, connection, [.text(source), .text(rules)])
    }

    private func holds(
        _ condition: String,
        _ connection: borrowing Connection,
        _ parameters: [Parameter] = []
    ) throws -> Bool {
        try connection.query(condition, parameters).first { row in try row.bool(0) } ?? false
    }

    private func count(_ connection: borrowing Connection, into summary: inout Summary) throws {
        let columns = "inserted, updated, removed, numbers_changed"
        let counts = try connection.query("SELECT \(columns) FROM contact_tally").first { row in
            try (0..<4).map { Int(try row.int64($0)) }
        }
        guard let counts else { return }
        (summary.inserted, summary.updated, summary.removed) = (counts[0], counts[1], counts[2])
        summary.numbersChanged = counts[3]
    }
}
