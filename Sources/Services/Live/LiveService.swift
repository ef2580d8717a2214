public import AMIClient
public import Configuration
public import Logging

/// Requests to a live PBX. Each passes the dial guard and the audit log, and returns when the PBX has shown the result.
public struct LiveService: Sendable {
    let configuration: ManagerConfiguration
    let desk: OrderDesk
    let logger: Logger

    /// A service on one snapshot of the settings.
    ///
    /// - Parameters:
    ///   - settings: The settings.
    ///   - pbx: The PBX; nil for the default PBX.
    ///   - actor: The user in whose name requests are made; nil for the user of the operating system.
    ///   - logger: Receives the connection's warnings and wire trace.
    /// - Throws: `ConfigurationError`, `NumberPlanError`, or ``ServiceError`` if no user is configured.
    public init(
        _ settings: Settings,
        pbx: String? = nil,
        actor: AuditLog.Actor? = nil,
        logger: Logger
    ) throws {
        configuration = try ManagerConfiguration(settings, pbx: pbx)
        desk = try OrderDesk(settings, pbx: pbx, actor: actor)
        self.logger = logger
    }

    /// Connects, and passes the PBX's call control to `body`.
    func withControl<Result>(_ body: (CallControl) async throws -> Result) async throws -> Result {
        try await ManagerClient.withConnection(configuration, logger: logger) { try await body(CallControl($0)) }
    }

    /// Connects, and passes the PBX's queue control to `body`.
    func withQueues<Result>(_ body: (QueueControl) async throws -> Result) async throws -> Result {
        try await ManagerClient.withConnection(configuration, logger: logger) { try await body(QueueControl($0)) }
    }

    /// Carries out a request that has no result of its own.
    func carryOut(_ order: Order, _ body: () async throws(ManagerError) -> Void) async throws(ManagerError) {
        try await desk.carryOut(order, body)
    }
}
