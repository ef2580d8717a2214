import AMIClient
import Configuration
import Logging
import Services

/// Gives orders to PBXs in the name of those who ask, through the same guard and audit log as the command line.
struct OrderRoom: Sendable {
    let settings: Settings
    let logger: Logger
    let keys: IdempotencyKeys
    /// Whether a recording is shown, which takes no orders.
    let isReplay: Bool

    /// The service of a PBX, in somebody's name.
    ///
    /// - Throws: ``Problem`` for a recording; `ConfigurationError`, `NumberPlanError`, `ServiceError`.
    func service(_ pbx: String?, _ exchange: Exchange) throws -> LiveService {
        guard !isReplay else {
            throw Problem(.conflict, "refused", "What is shown is a recording. It takes no orders.")
        }
        let actor = AuditLog.Actor(user: Self.name(of: exchange), address: exchange.request.client)
        return try LiveService(settings, pbx: pbx, actor: actor, logger: logger)
    }

    /// Makes a call.
    ///
    /// - Throws: ``Problem``, `ManagerError` and what ``service(_:_:)`` throws.
    func originate(_ request: OriginateRequest, pbx: String?, _ exchange: Exchange) async throws -> OriginateResult {
        try await service(pbx, exchange).originate(request)
    }

    /// Who asks, as audit log and lists name them.
    static func name(of exchange: Exchange) -> String {
        guard let name = exchange.identity?.name, !name.isEmpty else { return "(not logged in)" }
        return name
    }

    /// An id for a form's order: sent twice, the order is carried out once.
    static func newOrder() -> String { RandomText.make(bytes: 8) }

    /// The id of a form's order as a channel's; nil where the form has none.
    static func channelID(_ form: FormFields) -> String? {
        form["order"].flatMap { IdempotencyKeys.isKey($0) ? "crm-web-\($0)" : nil }
    }
}
