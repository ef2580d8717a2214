import Base
import CallRecords
import Configuration
import Extract
import Load
import Pipeline
import Postgres
import Transform
import Warehouse

/// The configured contacts: their source, and how their numbers are read.
struct ContactDirectory {
    private let settings: ContactsSettings
    private let plan: NumberPlan
    private let pbxPlan: NumberPlan
    /// By what the contacts' numbers are read: the program's version, and the settings in ``plan``.
    private let rules: String

    init(_ settings: Settings, pbx: PBXSettings) throws {
        self.settings = try settings.contacts()
        pbxPlan = try NumberPlan(pbx)
        var plan = pbxPlan
        // The CRM may be in another country than the PBX.
        if let region = self.settings.region {
            plan = try NumberPlan(region: region, extensions: pbxPlan.extensions)
        }
        self.plan = plan
        let written: [String?] = [
            Version.current, self.settings.region ?? pbx.region, pbx.outsidePrefix, pbx.internationalPrefix,
            pbx.nationalPrefix, pbx.extensions.joined(separator: " "),
        ]
        rules = written.map { $0 ?? "" }.joined(separator: "|")
    }

    /// Whether the configuration names contacts.
    var isConfigured: Bool { !settings.csv.isEmpty || settings.url != nil }

    /// Reads numbers as the PBX writes them.
    var numbers: NumberNormaliser { NumberNormaliser(plan: pbxPlan) }

    /// Makes the warehouse's contacts equal to the source's, and relinks the calls of numbers that changed.
    ///
    /// Only one sync at a time: PBXs share the contacts, and their runs may be simultaneous.
    ///
    /// - Parameter comparesAll: whether to compare even contacts that the source has not changed.
    func sync(
        _ connection: borrowing Connection,
        comparesAll: Bool = false,
        isDryRun: Bool = false
    ) throws -> ContactRefresh.Summary {
        let refresh = try refresh()
        return try connection.withAdvisoryLock(Self.lockKey) { connection in
            try refresh.run(connection, comparesAll: comparesAll, isDryRun: isDryRun)
        }
    }

    /// Gives a plan the contacts to which calls are linked, after a sync if the configuration names a source.
    ///
    /// A CRM that cannot be reached is no reason to lose a night's calls: the contacts of the last sync are used in
    /// that case, and the run ends with status 2.
    func link(_ plan: inout Plan, _ connection: borrowing Connection) throws {
        if isConfigured {
            do {
                if plan.isDryRun { return plan.contacts = ContactLinks(try read()) }
                let summary = try sync(connection)
                if summary.skippedRows > 0 { plan.warnings.append(Self.skipped(summary.skippedRows)) }
            } catch let error as ExtractError {
                plan.troubles.append("The contacts could not be refreshed and are unchanged. \(error)")
            } catch let error as LoadContactsError {
                plan.troubles.append("The contacts could not be refreshed and are unchanged. \(error)")
            }
        }
        plan.contacts = try ContactRefresh.links(of: connection)
    }

    /// The source's contacts; the warehouse is not changed.
    func read() throws -> ContactIndex { try refresh().index() }

    /// Reads up to the first contact, without changing anything.
    ///
    /// - Returns: Whether there is one.
    func hasContact() throws -> Bool {
        struct Found: Error {}
        for var source in try sources() {
            do { try source.forEachContact { _ in throw Found() } } catch is Found { return true }
        }
        return false
    }

    /// The message about rows that are not contacts.
    static func skipped(_ rows: Int) -> String {
        "Skipped \(rows) contact rows: missing id, missing phone, or unreadable."
    }

    private func refresh() throws -> ContactRefresh {
        ContactRefresh(try sources(), named: name, numbers: plan, rules: rules)
    }

    /// `contacts` in ASCII.
    private static let lockKey: Int64 = 0x636F_6E74_6163_7473

    /// The value of `voip.contact.source`.
    private var name: String {
        settings.url == nil ? "csv" : settings.query == nil ? settings.preset?.rawValue ?? "query" : "query"
    }

    private func sources() throws -> [any ContactSource] {
        guard let url = settings.url else {
            return PlanBuilder.expand(settings.csv).map { ContactCSV(path: $0, encoding: settings.encoding) }
        }
        guard settings.csv.isEmpty else {
            throw ServiceError(
                .configuration,
                "contacts.csv and contacts.url cannot be used together: contacts have one source."
            )
        }
        return [try ContactDatabase(url: url, query: query(url), password: settings.password)]
    }

    private func query(_ url: String) throws -> String {
        if let query = settings.query { return query }
        guard let preset = settings.preset else {
            throw ServiceError(
                .configuration,
                "contacts.url needs contacts.preset or contacts.query, which say what to read there."
            )
        }
        // For CRMs that run on either server, there is a query for each.
        let server = url.hasPrefix("postgres") ? "postgres" : "mysql"
        let names = ["presets/\(preset.rawValue).\(server).sql", "presets/\(preset.rawValue).sql"]
        let file = names.lazy.compactMap { name in SQLFile.embedded.first { $0.name == name } }.first
        return try file?.content ?? SQLFile.content(of: names[1])
    }
}
