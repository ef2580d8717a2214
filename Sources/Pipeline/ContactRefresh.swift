import CallRecords
public import Extract
public import Load
public import Postgres
public import Transform

/// The way of contacts from the CRM through the normaliser into the warehouse, and back as an index.
public struct ContactRefresh {
    /// The result of a refresh.
    public struct Summary: Sendable {
        /// The changes in the warehouse.
        public var sync: ContactSync.Summary
        /// Phone fields that contain a public number.
        public var readablePhones = 0
        /// Phone fields that contain something, but neither a public number nor an extension.
        public var unreadablePhones: Int
        /// Rows that contained neither an id nor a phone, or could not be read.
        public var skippedRows: Int
        /// Rows that had the id of another row with another name, and became separate contacts.
        public var conflicts = 0
        /// The columns that were read, one listing for each source.
        public var listings: [ContactListing] = []
    }

    private let sources: [any ContactSource]
    private let name: String
    private let normaliser: NumberNormaliser

    /// - Parameters:
    ///   - sources: read one after the other, as one list.
    ///   - name: the value of `voip.contact.source`: `csv`, a preset's name, `query`.
    ///   - numbers: how numbers are written in the CRM's country.
    public init(_ sources: [any ContactSource], named name: String, numbers: NumberPlan) {
        self.sources = sources
        self.name = name
        normaliser = NumberNormaliser(plan: numbers)
    }

    /// Reads the sources, and makes the warehouse's contacts equal to theirs.
    ///
    /// - Throws: `ExtractError`, `LoadContactsError`, `WarehouseError` or `PostgresError`, in which case nothing is
    ///   changed.
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
                // Moved, not copied: its entries are sorted in place.
                var filled = ContactIndexBuilder()
                swap(&filled, &builder)
                index = (consume filled).build()
            },
            links: { add in try index?.forEachLink(add) },
            isDryRun: isDryRun
        )
        return summary
    }

    /// The index of the sources alone, without a warehouse.
    ///
    /// - Throws: `ExtractError`.
    public func index() throws -> ContactIndex {
        var builder = ContactIndexBuilder()
        var summary = Summary(sync: ContactSync.Summary(), unreadablePhones: 0, skippedRows: 0)
        try read(into: &summary) { builder.add($0, normaliser: normaliser) }
        return builder.build()
    }

    /// The index of the warehouse's contacts, with their `contact_id`; `nil` if there are none.
    ///
    /// - Throws: `PostgresError`.
    public static func index(of warehouse: borrowing Connection) throws -> ContactIndex? {
        var builder = ContactIndexBuilder()
        try ContactStore.forEachContact(warehouse) { builder.add($0) }
        let index = builder.build()
        return index.count == 0 ? nil : index
    }

    /// The links between numbers and the warehouse's contacts.
    ///
    /// - Throws: `PostgresError`.
    public static func links(of warehouse: borrowing Connection) throws -> ContactLinks {
        try ContactLinks { add in try ContactStore.forEachNumber(warehouse, add) }
    }

    /// Reads every source, and records its properties.
    private func read(into summary: inout Summary, _ body: (ContactRecord) throws -> Void) throws {
        var identities = ContactIdentities()
        for source in sources {
            var source = source
            // A database has ids of its own; a list's columns may be called anything.
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

/// The normaliser's cache is used by one thread at a time.
@available(*, unavailable)
extension ContactRefresh: Sendable {}
