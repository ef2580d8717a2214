import Base
public import Configuration
public import Logging

/// Evaluates the rules for alerts and staffing without a server.
public struct AlertRunService: Sendable {
    private let sources: AlertSources
    private let alerts: AlertService
    private let outlet: AlertOutlet
    private let staffing: StaffingService

    /// The number of rules for alerts.
    public var ruleCount: Int { alerts.rules.count }
    /// The number of rules for staffing.
    public var staffingCount: Int { staffing.rules.count }

    /// A service on one snapshot of the settings.
    ///
    /// - Throws: ``ServiceError`` without rules, or for an invalid one; `ConfigurationError`.
    public init(_ settings: Settings, logger: Logger, report: @escaping ServiceNotice.Report) throws {
        let desk = QueryDesk(settings)
        sources = AlertSources(
            model: try LiveModel(settings, logger: logger, report: report),
            sampler: HealthSampler(settings, logger: logger),
            callbacks: CallbackList(settings, desk),
            warehouse: WarehouseWatch(settings, desk),
            desk: desk
        )
        outlet = try AlertOutlet(settings, logger: logger, report: report)
        alerts = try AlertService(settings, sources, outlet, report: report)
        staffing = try StaffingService(settings, sources, logger: logger, report: report)
        guard !alerts.rules.isEmpty || staffing.isNeeded else {
            throw ServiceError(
                .configuration,
                "The configuration has no rules for alerts or staffing. `crm-voip alerts init` prints some to begin with."
            )
        }
    }

    /// Runs until the task is cancelled.
    ///
    /// - Throws: ``ServiceError`` if another program evaluates the alerts already.
    public func run() async throws { try await alerts.whileLocked { await follow() } }

    private func follow() async {
        await withTaskGroup { group in
            group.addTask { await sources.model.run() }
            group.addTask { await sources.sampler.run() }
            group.addTask { await sources.desk.keepWarehouse() }
            group.addTask { await sources.callbacks.run() }
            group.addTask { await sources.warehouse.run() }
            group.addTask { await outlet.run() }
            group.addTask { await alerts.run() }
            group.addTask { await staffing.run() }
            while await group.next() != nil, !Task.isCancelled {}
            group.cancelAll()
        }
    }
}
