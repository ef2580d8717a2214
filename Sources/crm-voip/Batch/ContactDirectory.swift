import CallRecords
import Configuration
import Extract
import Load
import Postgres
import Transform
import Warehouse

/// The configured contacts: where they come from, and their way into the warehouse.
struct ContactDirectory: Sendable {
    /// What a sync did.
    struct SyncResult: Sendable {
        var source: String
        var summary: ContactSync.Summary
        /// Phone fields that hold something, but no number.
        var unreadablePhones: Int
        /// Rows that are no contact.
        var skippedRows: Int
        var warnings: [String] = []
    }

    private let settings: ContactsSettings
    private let plan: NumberPlan
    private let pbxPlan: NumberPlan

    init(_ settings: Settings, pbx: PBXSettings) throws {
        self.settings = try settings.contacts()
        pbxPlan = try NumberPlan(pbx)
        var plan = pbxPlan
        // The CRM may be kept in another country than the PBX.
        if let region = self.settings.region {
            plan = try NumberPlan(region: region, extensions: pbxPlan.extensions)
        }
        self.plan = plan
    }

    /// Whether the configuration names contacts.
    var isConfigured: Bool { !settings.csv.isEmpty || settings.url != nil }

    /// Reads numbers as the PBX writes them.
    var numbers: NumberNormaliser { NumberNormaliser(plan: pbxPlan) }

    /// Makes the warehouse's contacts what the source has now, and links the calls of numbers that changed.
    ///
    /// One at a time: PBXs share the contacts, and their runs may go on at once.
    func sync(_ connection: borrowing Connection, isDryRun: Bool = false) throws -> SyncResult {
        var sources = try self.sources()
        var unreadablePhones = 0
        var builder = ContactIndexBuilder()
        let normaliser = NumberNormaliser(plan: plan)
        let summary = try connection.withAdvisoryLock(Self.lockKey) { connection in
            try ContactSync(source: name).run(
                connection,
                contacts: { add in
                    for index in sources.indices {
                        try sources[index].forEachContact { contact in
                            try add(contact)
                            builder.add(contact, normaliser: normaliser)
                        }
                    }
                },
                links: { add in
                    unreadablePhones = builder.unreadablePhones
                    try builder.build().forEachLink(add)
                },
                isDryRun: isDryRun
            )
        }
        var result = SyncResult(
            source: name,
            summary: summary,
            unreadablePhones: unreadablePhones,
            skippedRows: sources.reduce(0) { $0 + $1.skippedRows }
        )
        if result.skippedRows > 0 {
            result.warnings.append(
                "\(result.skippedRows) rows of the contacts are none: no id, no phone, or not readable."
            )
        }
        return result
    }

    /// The contacts as the warehouse has them; `nil` where it has none.
    static func stored(_ connection: borrowing Connection) throws -> ContactIndex? {
        var builder = ContactIndexBuilder()
        try ContactStore.forEachContact(connection) { builder.add($0) }
        let index = builder.build()
        return index.count == 0 ? nil : index
    }

    /// The contacts as the source has them, with the warehouse left alone; for a dry run.
    func read() throws -> ContactIndex {
        var builder = ContactIndexBuilder()
        let normaliser = NumberNormaliser(plan: plan)
        for var source in try sources() {
            try source.forEachContact { builder.add($0, normaliser: normaliser) }
        }
        return builder.build()
    }

    /// `contacts` in ASCII.
    private static let lockKey: Int64 = 0x636F_6E74_6163_7473

    /// What `voip.contact.source` says.
    private var name: String {
        settings.url == nil ? "csv" : settings.query == nil ? settings.preset?.rawValue ?? "query" : "query"
    }

    private func sources() throws -> [any CountingContactSource] {
        guard let url = settings.url else {
            return PlanBuilder.expand(settings.csv).map { ContactCSV(path: $0) }
        }
        guard settings.csv.isEmpty else {
            throw Failure(.configuration, "contacts.csv and contacts.url exclude each other: contacts have one source.")
        }
        return [try ContactDatabase(url: url, query: query(url), password: settings.password)]
    }

    private func query(_ url: String) throws -> String {
        if let query = settings.query { return query }
        guard let preset = settings.preset else {
            throw Failure(
                .configuration,
                "contacts.url needs contacts.preset or contacts.query, which say what to read there."
            )
        }
        // CRMs that run on either server have a query for each.
        let server = url.hasPrefix("postgres") ? "postgres" : "mysql"
        let names = ["presets/\(preset.rawValue).\(server).sql", "presets/\(preset.rawValue).sql"]
        let file = names.lazy.compactMap { name in SQLFile.embedded.first { $0.name == name } }.first
        return try file?.content ?? SQLFile.content(of: names[1])
    }
}

/// A source that tells how much of it was of no use.
private protocol CountingContactSource: ContactSource {
    var skippedRows: Int { get }
}

extension ContactCSV: CountingContactSource {}
extension ContactDatabase: CountingContactSource {}

extension LoadContactsError: ExitStatusProviding {
    var exitStatus: ExitStatus { .badData }
}
