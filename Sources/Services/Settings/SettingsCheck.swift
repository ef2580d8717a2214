import Base
public import Configuration
import Extract
import Pipeline
import Postgres
import Transform

/// Checks the configuration: keys, values, secrets, files, URLs and patterns. Connects to nothing.
public struct SettingsCheck: Sendable {
    /// The file that was read; nil if there is none.
    public let file: String?
    /// Faults that keep a command from working, one sentence each, with their location.
    public private(set) var errors: [String]
    /// Settings that are unusual or have no effect, one sentence each.
    public private(set) var warnings: [String]

    /// Checks settings.
    ///
    /// - Parameters:
    ///   - settings: The settings that were read; nil if there are none.
    ///   - problems: The faults found while the file was read.
    public init(_ settings: Settings?, problems: [ConfigurationError]) {
        file = settings?.file
        errors = problems.map { "\($0)" }
        warnings = settings?.warnings ?? []
        guard let settings else { return }
        for problem in settings.inconsistencies() { add("\(problem)") }
        warnings += settings.overridden
        for files in settings.namedFiles {
            let faults = NamedFileFaults(files)
            errors += faults.errors
            warnings += faults.warnings
        }
        for name in settings.pbxNames { checkPBX(name, settings) }
        checkAddresses(settings)
        if errors.isEmpty { attempt("staffing") { _ = try settings.staffingRules(all: true) } }
        if errors.isEmpty { attempt("reports.delivery") { try ReportDeliveryService.check(settings) } }
        if errors.isEmpty { attempt("alerts.receivers") { _ = try AlertReceivers(settings) } }
    }

    private mutating func add(_ sentence: String) {
        if !errors.contains(sentence) { errors.append(sentence) }
    }

    /// Adds the error of a check, preceded by the key or table if the error itself does not name it.
    private mutating func attempt(_ place: String, _ body: () throws -> Void) {
        do { try body() } catch let error as ConfigurationError { add("\(error)") } catch { add("\(place): \(error)") }
    }

    /// Patterns of extensions, prefixes, zones, layouts and columns, and which of two sources is used.
    private mutating func checkPBX(_ name: String, _ settings: Settings) {
        var isNumbered = false
        attempt("pbx.\(name)") {
            _ = try NumberPlan(try settings.pbx(name))
            isNumbered = true
        }
        guard isNumbered, let pbx = try? settings.pbx(name) else { return }
        let namesTable = (try? settings.database(ofPBX: name).isConfigured) ?? false
        let isUsed = namesTable || !pbx.csv.isEmpty || !pbx.queueLog.isEmpty || settings.hasManager(name)
        if isUsed, let warning = pbx.regionWarning { warnings.append(warning) }
        guard namesTable || !pbx.csv.isEmpty || !pbx.queueLog.isEmpty else { return }
        var notices: [String] = []
        attempt("pbx.\(name)") {
            do {
                notices = try PlanBuilder(LoadRequest(pbx: name), settings: settings).plan().warnings
            } catch let error as ServiceError where error.category == .noInput {
                // Missing matches are reported for each key.
            }
        }
        warnings += notices
    }

    private mutating func checkAddresses(_ settings: Settings) {
        if case .url(let url) = settings.warehouse.server {
            attempt("warehouse.url") { _ = try ConnectionInfo(url) }
        }
        if let url = (try? settings.contacts())?.url {
            attempt("contacts.url") { try ContactDatabase.check(url: url) }
        }
    }
}

extension PBXSettings {
    /// What it means that the country of the PBX is not set; nil if it is.
    public var regionWarning: String? {
        guard region == nil else { return nil }
        return """
            pbx.\(name).region is not set, so numbers without a country code belong to no country: they are not matched with \
            contacts, and the dial guard refuses them. Set it to the country of the PBX, such as "DE".
            """
    }
}
