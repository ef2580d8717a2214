import AMIClient
import Base
import Configuration
import Logging
import Services

/// Sends requests to PBXs in the name of the user, through the same dial guard and audit log as the command line.
struct OrderRoom: Sendable {
    let settings: Settings
    let logger: Logger
    let keys: IdempotencyKeys
    /// Whether a recording is shown, for which no requests are possible.
    let isReplay: Bool

    /// The service for a PBX, in the name of a user.
    ///
    /// - Throws: ``Problem`` for a recording; `ConfigurationError`, `NumberPlanError`, `ServiceError`.
    func service(_ pbx: String?, _ exchange: Exchange) throws -> LiveService {
        guard !isReplay else {
            throw Problem(.conflict, "refused", localized("This is a recording, which takes no orders."))
        }
        let actor = AuditLog.Actor(user: Self.name(of: exchange), address: exchange.request.client)
        return try LiveService(settings, pbx: pbx, actor: actor, logger: logger)
    }

    /// Makes a call.
    ///
    /// - Throws: ``Problem``, `ManagerError` and the errors of ``service(_:_:)``.
    func originate(_ request: OriginateRequest, pbx: String?, _ exchange: Exchange) async throws -> OriginateResult {
        try await service(pbx, exchange).originate(request)
    }

    /// The name of the requester, as used in the audit log and in lists.
    static func name(of exchange: Exchange) -> String {
        guard let name = exchange.identity?.name, !name.isEmpty else { return "(not logged in)" }
        return name
    }

    /// An id for a form's request: if the form is sent twice, the request is carried out once.
    static func newOrder() -> String { RandomText.make(bytes: 8) }

    /// The id of a form's request, as a channel id; nil if the form has none.
    static func channelID(_ form: FormFields) -> String? {
        form["order"].flatMap { IdempotencyKeys.isKey($0) ? "crm-web-\($0)" : nil }
    }
}
