import CallRecords
public import Extract
public import Load
public import Postgres
public import Transform

/// Contacts on their way: from the CRM through the normaliser into the warehouse, and back as an index.
public struct ContactRefresh {
    /// What a refresh did.
    public struct Summary: Sendable {
        /// What changed in the warehouse.
        public var sync: ContactSync.Summary
        /// Phone fields that hold a public number.
        public var readablePhones = 0
        /// Phone fields that hold something, but neither a public number nor an extension.
        public var unreadablePhones: Int
        /// Rows that held neither an id nor a phone, or could not be read.
        public var skippedRows: Int
        /// Rows that had the id of another row with another name, and are contacts of their own.
        public var conflicts = 0
        /// Which columns were read, one listing a source.
        public var listings: [ContactListing] = []
    }

    private let sources: [any ContactSource]
    private let name: String
    private let normaliser: NumberNormaliser

    /// - Parameters:
    ///   - sources: read one after the other, as one list.
    ///   - name: what `voip.contact.source` says: `csv`, a preset's name, `query`.
    ///   - numbers: how people of the CRM's country write numbers.
    public init(_ sources: [any ContactSource], named name: String, numbers: NumberPlan) {
        self.sources = sources
        self.name = name
        normaliser = NumberNormaliser(plan: numbers)
    }

    /// Reads the sources, and makes the warehouse's contacts what they have.
    ///
    /// - Throws: `ExtractError`, `LoadContactsError`, `WarehouseError` or `PostgresError`; nothing is changed then.
    public func run(_ warehouse: borrowing Connection, isDryRun: Bool = false) throws -> Summary {
        var summary = Summary(sync: ContactSync.Summary(), unreadablePhones: 0, skippedRows: 0)
        var builder = ContactIndexBuilder(keepingNames: false)
        var index: ContactIndex?
        summary.sync = try ContactSync(source: name).run(
            warehouse,
            contacts: { add in
                try read(into: &summary) { contact in
                    builder.add(contact, normaliser: normaliser)
                    try add(contact)
                }
                (summary.readablePhones, summary.unreadablePhones) = (builder.readablePhones, builder.unreadablePhones)
                if builder.unreadablePhones > builder.readablePhones {
                    throw LoadContactsError.phonesAreUnreadable(
                        builder.unreadablePhones,
                        of: builder.unreadablePhones + builder.readablePhones
                    )
                }
                // Taken out, not copied: its entries are put in order where they are.
                var filled = ContactIndexBuilder()
                swap(&filled, &builder)
                index = (consume filled).build()
            },
            links: { add in try index?.forEachLink(add) },
            isDryRun: isDryRun
        )
        return summary
    }

    /// The index of the sources themselves, without a warehouse.
    ///
    /// - Throws: `ExtractError`.
    public func index() throws -> ContactIndex {
        var builder = ContactIndexBuilder()
        var summary = Summary(sync: ContactSync.Summary(), unreadablePhones: 0, skippedRows: 0)
        try read(into: &summary) { builder.add($0, normaliser: normaliser) }
        return builder.build()
    }

    /// The index of the warehouse's contacts, with their `contact_id`; `nil` where there are none.
    ///
    /// - Throws: `PostgresError`.
    public static func index(of warehouse: borrowing Connection) throws -> ContactIndex? {
        var builder = ContactIndexBuilder()
        try ContactStore.forEachContact(warehouse) { builder.add($0) }
        let index = builder.build()
        return index.count == 0 ? nil : index
    }

    /// To whom calls are linked by the warehouse's contacts.
    ///
    /// - Throws: `PostgresError`.
    public static func links(of warehouse: borrowing Connection) throws -> ContactLinks {
        try ContactLinks { add in try ContactStore.forEachNumber(warehouse, add) }
    }

    /// Reads every source, and notes what it is like.
    private func read(into summary: inout Summary, _ body: (ContactRecord) throws -> Void) throws {
        var identities = ContactIdentities()
        for source in sources {
            var source = source
            // A database's ids are its own; a list's columns may be called anything.
            let isList = source is ContactCSV
            try source.forEachContact { record in
                var record = record
                if isList { identities.separate(&record) }
                try body(record)
            }
            summary.skippedRows += source.skippedRows
            if let listing = source.listing { summary.listings.append(listing) }
        }
        summary.conflicts = identities.conflicts
    }
}

/// The normaliser's memory is used by one thread at a time.
@available(*, unavailable)
extension ContactRefresh: Sendable {}
