import Base
public import Configuration
import Pipeline
import Transform
import Warehouse

/// The CRM's contacts: takes them over, and says whom a number belongs to.
public struct ContactService: Sendable {
    private let settings: Settings

    /// A service on one snapshot of the settings.
    public init(_ settings: Settings) { self.settings = settings }

    /// Makes the warehouse's contacts what the source has now, and links the calls of numbers that changed.
    ///
    /// - Parameters:
    ///   - pbx: whose users wrote the numbers, where the contacts have no region of their own; `nil` for the usual one.
    ///   - isDryRun: whether to say what would change, and change nothing.
    ///   - keepsServer: whether an embedded database is left running.
    /// - Throws: ``ServiceError``, `ConfigurationError`, `ExtractError`, `LoadContactsError`, `WarehouseError`,
    ///   `PostgresError`.
    public func sync(
        pbx: String? = nil,
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
            try directory.sync(warehouse.connection, isDryRun: isDryRun)
        }
        return ContactSyncResult(isDryRun: isDryRun, summary: summary)
    }

    /// Says whom calls with a number are linked to, and why.
    ///
    /// The contacts are those of the last sync, or those of the source where there was none yet.
    ///
    /// - Parameters:
    ///   - number: as a PBX or a person writes it.
    ///   - pbx: whose users write numbers like this; `nil` for the usual one.
    ///   - keepsServer: whether an embedded database is left running.
    /// - Throws: as ``sync(pbx:isDryRun:keepsServer:)``.
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
