public import AMIClient
public import Configuration
public import Logging

/// Orders to a live PBX: each passes the dial guard and the audit log, and returns when the PBX showed what came of it.
public struct LiveService: Sendable {
    let configuration: ManagerConfiguration
    let desk: OrderDesk
    private let logger: Logger

    /// A service on one snapshot of the settings.
    ///
    /// - Parameters:
    ///   - settings: The settings.
    ///   - pbx: The PBX; nil for the usual one.
    ///   - actor: In whose name orders are given; nil for the user of the operating system.
    ///   - logger: Where the connection's warnings and its wire go.
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

    /// Connects, and lends the PBX's orders to `body`.
    func withControl<Result>(_ body: (CallControl) async throws -> Result) async throws -> Result {
        try await ManagerClient.withConnection(configuration, logger: logger) { try await body(CallControl($0)) }
    }

    /// Connects, and lends the PBX's queues to `body`.
    func withQueues<Result>(_ body: (QueueControl) async throws -> Result) async throws -> Result {
        try await ManagerClient.withConnection(configuration, logger: logger) { try await body(QueueControl($0)) }
    }

    /// Carries out an order that has no result of its own.
    func carryOut(_ order: Order, _ body: () async throws(ManagerError) -> Void) async throws(ManagerError) {
        try await desk.carryOut(order, body)
    }
}
