import Base
public import Configuration
import Pipeline
import Transform
import Warehouse

/// The CRM's contacts: imports them, and finds to whom a number belongs.
public struct ContactService: Sendable {
    private let settings: Settings

    /// A service on one snapshot of the settings.
    public init(_ settings: Settings) { self.settings = settings }

    /// Makes the warehouse's contacts equal to the source's, and relinks the calls of numbers that changed.
    ///
    /// - Parameters:
    ///   - pbx: the PBX whose users wrote the numbers, if the contacts have no region of their own; `nil` for the
    ///     default PBX.
    ///   - comparesAll: whether to compare even contacts that the source has not changed since the last sync.
    ///   - isDryRun: whether to report what would change without changing anything.
    ///   - keepsServer: whether an embedded database keeps running.
    /// - Throws: ``ServiceError``, `ConfigurationError`, `ExtractError`, `LoadContactsError`, `WarehouseError`,
    ///   `PostgresError`.
    public func sync(
        pbx: String? = nil,
        comparesAll: Bool = false,
        isDryRun: Bool = false,
        keepsServer: Bool = false
    ) async throws -> ContactSyncResult {
        let directory = try ContactDirectory(settings, pbx: settings.pbx(pbx))
        guard directory.isConfigured else {
            throw ServiceError(
                .noInput,
                "No contacts are configured: set contacts.csv, or contacts.url with a preset or a query."
            )
        }
        let summary = try await WarehouseAccess(settings, keep: keepsServer).with { warehouse in
            try directory.sync(warehouse.connection, comparesAll: comparesAll, isDryRun: isDryRun)
        }
        return ContactSyncResult(isDryRun: isDryRun, summary: summary)
    }

    /// Determines to whom calls with a number are linked, and why.
    ///
    /// The contacts are those of the last sync, or the source's if there has not been one yet.
    ///
    /// - Parameters:
    ///   - number: as a PBX or a person writes it.
    ///   - pbx: the PBX whose users write numbers like this; `nil` for the default PBX.
    ///   - keepsServer: whether an embedded database keeps running.
    /// - Throws: the errors of ``sync(pbx:comparesAll:isDryRun:keepsServer:)``.
    public func match(
        _ number: String,
        pbx: String? = nil,
        keepsServer: Bool = false
    ) async throws -> ContactMatchResult {
        let directory = try ContactDirectory(settings, pbx: settings.pbx(pbx))
        let access = WarehouseAccess(settings, keep: keepsServer)
        let stored: ContactIndex?
        do {
            stored = try await access.read { try ContactRefresh.index(of: $0.connection) }
        } catch let error as ServiceError where error.category == .noInput {
            stored = nil
        }
        let explanation = try (stored ?? directory.read()).explain(number, normaliser: directory.numbers)
        return ContactMatchResult(number: number, explanation: explanation)
    }
}
