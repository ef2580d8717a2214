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
        public var sync = ContactSync.Summary()
        /// Rows that contained neither an id nor a phone, or could not be read.
        public var skippedRows = 0
        /// Rows that had the id of another row with another name, and became separate contacts.
        public var conflicts = 0
        /// The columns that were read, one listing for each source.
        public var listings: [ContactListing] = []
    }

    private let sources: [any ContactSource]
    private let name: String
    private let rules: String
    private let normaliser: NumberNormaliser

    /// - Parameters:
    ///   - sources: read one after the other, as one list.
    ///   - name: the value of `voip.contact.source`: `csv`, a preset's name, `query`.
    ///   - numbers: how numbers are written in the CRM's country.
    ///   - rules: names these rules and the program's version. If the last sync had others, every contact is compared.
    public init(_ sources: [any ContactSource], named name: String, numbers: NumberPlan, rules: String = "") {
        self.sources = sources
        self.name = name
        self.rules = rules
        normaliser = NumberNormaliser(plan: numbers)
    }

    /// Reads the sources, and makes the warehouse's contacts equal to theirs.
    ///
    /// - Parameters:
    ///   - warehouse: a connection to it.
    ///   - comparesAll: whether to compare even contacts that the sources have not changed.
    ///   - isDryRun: whether only to find out what would change.
    /// - Throws: `ExtractError`, `LoadContactsError`, `WarehouseError` or `PostgresError`, in which case nothing is
    ///   changed.
    public func run(
        _ warehouse: borrowing Connection,
        comparesAll: Bool = false,
        isDryRun: Bool = false
    ) throws -> Summary {
        var summary = Summary()
        var snapshot = try read(into: &summary)
        var linker = IndexLinker(normaliser)
        summary.sync = try ContactSync(source: name, rules: rules, comparesAll: comparesAll)
            .run(warehouse, &snapshot, linker: &linker, isDryRun: isDryRun)
        return summary
    }

    /// The index of the sources alone, without a warehouse.
    ///
    /// - Throws: `ExtractError`.
    public func index() throws -> ContactIndex {
        var builder = ContactIndexBuilder()
        var summary = Summary()
        let snapshot = try read(into: &summary)
        for contact in 0..<snapshot.count {
            snapshot.forEachRow(of: contact) { builder.add($0, normaliser: normaliser) }
        }
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
    private func read(into summary: inout Summary) throws -> ContactSnapshot {
        var snapshot = ContactSnapshot()
        for source in sources {
            var source = source
            if source is ContactCSV {
                try source.forEachContact { snapshot.addApart($0) }
            } else {
                // A database has ids of its own.
                try source.forEachContact { snapshot.add($0) }
            }
            summary.skippedRows += source.skippedRows
            if let listing = source.listing { summary.listings.append(listing) }
        }
        summary.conflicts = snapshot.conflicts
        return snapshot
    }
}

/// The normaliser's cache is used by one thread at a time.
@available(*, unavailable)
extension ContactRefresh: Sendable {}
