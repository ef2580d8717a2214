public import Base
public import CallRecords
public import Postgres
import Warehouse

/// Makes the warehouse's contacts equal to those of the CRM: inserts new ones, updates changed ones, removes missing
/// ones, and relinks every call with an affected number. A sync without changes writes only its time.
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

        /// A summary at zero.
        public init() {}
    }

    /// Passes contacts to the closure one by one.
    public typealias Contacts = (_ add: (ContactRecord) throws -> Void) throws -> Void
    /// Passes links to the closure one by one.
    public typealias Links = (_ add: (ContactNumber) throws -> Void) throws -> Void

    private let source: String

    /// - Parameter source: the value of `voip.contact.source`: `csv`, a preset's name, or `query`.
    public init(source: String) {
        self.source = source
    }

    /// Syncs in one transaction: other sessions see either the old or the new contacts.
    ///
    /// - Parameters:
    ///   - connection: to the warehouse.
    ///   - contacts: called once; passes every contact of the source.
    ///   - links: called once, after all contacts; passes the links of the index made from them.
    ///   - isDryRun: whether everything is rolled back at the end.
    /// - Returns: what was done, or would be done.
    /// - Throws: ``LoadContactsError`` if the source has no contacts and the warehouse has some; any error of the
    ///   closures; `PostgresError`.
    public func run(
        _ connection: borrowing Connection,
        contacts: Contacts,
        links: Links,
        isDryRun: Bool = false
    ) throws -> Summary {
        var summary = Summary()
        try connection.transaction(isDryRun: isDryRun) { connection in
            try connection.execute(SQLFiles.Contacts.stage)
            summary.contacts = try stage(connection, contacts)
            guard try summary.contacts > 0 || !hasContacts(connection) else { throw LoadContactsError.sourceIsEmpty }
            summary.links = try stage(connection, links)
            if !isDryRun { try note(summary.contacts, connection) }
            try connection.execute("SET LOCAL voip.contact_source = \(SQL.literal(source))")
            switch try difference(connection) {
            case .none: return
            case .everything: try connection.execute(SQLFiles.Contacts.fill)
            case .something: try connection.execute(SQLFiles.Contacts.merge)
            }
            try count(connection, into: &summary)
            summary.callsRelinked = try connection.execute(SQLFiles.Contacts.relink)
        }
        return summary
    }

    private func stage(_ connection: borrowing Connection, _ contacts: Contacts) throws -> Int {
        let columns = "kind, external_id, name, owner, extension, updated_at"
        return try connection.copyIn("COPY contact_stage (\(columns)) FROM STDIN (FORMAT binary)") { writer in
            try contacts { contact in
                try writer.beginRow(columns: 6)
                writer.text(contact.kind.rawValue)
                writer.text(contact.id)
                writer.text(contact.name)
                if let owner = contact.owner { writer.text(owner) } else { writer.null() }
                if let digits = contact.extension { writer.text(digits) } else { writer.null() }
                if let moment = contact.updatedAt { writer.moment(moment) } else { writer.null() }
            }
        }
    }

    private func stage(_ connection: borrowing Connection, _ links: Links) throws -> Int {
        let columns = "number_e164, kind, external_id, priority, place"
        var number: [UInt8] = []
        return try connection.copyIn("COPY contact_link_stage (\(columns)) FROM STDIN (FORMAT binary)") { writer in
            try links { link in
                number.removeAll(keepingCapacity: true)
                link.number.write(to: &number)
                try writer.beginRow(columns: 5)
                number.withUnsafeBytes { writer.text($0) }
                writer.text(link.kind.rawValue)
                writer.text(link.id)
                writer.int16(link.priority)
                writer.int16(Int16(clamping: link.place))
            }
        }
    }

    /// A sync without changes writes no contacts, so only this records its time.
    private func note(_ contacts: Int, _ connection: borrowing Connection) throws(PostgresError) {
        _ = try connection.query(SQLFiles.Contacts.synced, [.text(source), .int64(Int64(contacts))])
    }

    private func hasContacts(_ connection: borrowing Connection) throws -> Bool {
        try connection.query("SELECT EXISTS (SELECT FROM voip.contact)").first { row in try row.bool(0) } ?? false
    }

    /// How the stage differs from the warehouse.
    private enum Difference {
        /// Not at all, as in most syncs.
        case none
        /// The source has none of the warehouse's contacts: those of the first sync, or of another CRM.
        case everything
        case something
    }

    private func difference(_ connection: borrowing Connection) throws -> Difference {
        if try holds(SQLFiles.Contacts.disjoint, connection) { return .everything }
        try connection.execute(SQLFiles.Contacts.difference)
        return try holds(SQLFiles.Contacts.same, connection) ? .none : .something
    }

    private func holds(_ condition: String, _ connection: borrowing Connection) throws -> Bool {
        try connection.query(condition).first { row in try row.bool(0) } ?? false
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

/// Why contacts were not loaded.
public struct LoadContactsError: CategorisedError, Hashable {
    /// What is wrong with the contacts.
    public struct Code: ErrorCode {
        /// The code's name in logs.
        public let rawValue: String

        /// A code by its name.
        public init(rawValue: String) { self.rawValue = rawValue }

        /// The CRM returned no contacts.
        public static let sourceIsEmpty = Code(rawValue: "source-is-empty")
        /// Most phones in the CRM are not phone numbers.
        public static let phonesAreUnreadable = Code(rawValue: "phones-are-unreadable")
    }

    /// What is wrong with the contacts.
    public let code: Code
    /// A sentence that tells the user what to do.
    public let description: String

    /// The contacts are data that was read.
    public var category: ErrorCategory { .badData }

    /// Most phones in the CRM are not phone numbers: a wrong column, encoding or region is more likely than a CRM whose
    /// contacts cannot be called.
    public static func phonesAreUnreadable(_ unreadable: Int, of phones: Int) -> Self {
        Self(
            code: .phonesAreUnreadable,
            description: "\(unreadable) of \(phones) phones of contacts cannot be read as numbers. Nothing was"
                + " changed. Check the columns and the encoding of the list, and set `region`"
                + " where numbers have no country code."
        )
    }

    /// The CRM returned no contacts; accepting that would unlink every call.
    public static let sourceIsEmpty = Self(
        code: .sourceIsEmpty,
        description: "The contacts' source is empty, but the warehouse has contacts. Nothing was changed; check the"
            + " file or the query."
    )
}
