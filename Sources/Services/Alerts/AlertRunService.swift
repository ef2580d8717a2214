import Base
public import Configuration
public import Logging

/// Evaluates the rules for alerts and staffing without a server.
public struct AlertRunService: Sendable {
    private let sources: AlertSources
    private let alerts: AlertService
    private let outlet: AlertOutlet
    private let staffing: StaffingService
    private let calls: CallEventService

    /// The number of rules for alerts.
    public var ruleCount: Int { alerts.rules.count }
    /// The number of rules for staffing.
    public var staffingCount: Int { staffing.rules.count }

    /// A service on one snapshot of the settings.
    ///
    /// - Throws: ``ServiceError`` without rules, or for an invalid one; `ConfigurationError`.
    public init(_ settings: Settings, logger: Logger, report: @escaping ServiceNotice.Report) throws {
        let desk = QueryDesk(settings)
        let wantsCalls = try !settings.callEvents().isEmpty || !settings.missedCalls.isEmpty
        let model = try LiveModel(settings, followsCalls: wantsCalls, logger: logger, report: report)
        sources = AlertSources(
            model: model,
            sampler: HealthSampler(settings, logger: logger),
            callbacks: CallbackList(settings, desk),
            warehouse: WarehouseWatch(settings, desk),
            desk: desk
        )
        outlet = try AlertOutlet(settings, logger: logger, report: report)
        alerts = try AlertService(settings, sources, outlet, report: report)
        staffing = try StaffingService(settings, sources, logger: logger, report: report)
        let book = CallerBook(settings, model, desk)
        calls = try CallEventService(settings, model, book, outlet, report: report)
        guard !alerts.rules.isEmpty || staffing.isNeeded || calls.isNeeded else {
            throw ServiceError(
                .configuration,
                "The configuration has no rules for alerts or staffing, and no receivers of call events or missed calls. "
                    + "`crm-voip alerts init` prints some rules to begin with."
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
            group.addTask { await calls.run() }
            while await group.next() != nil, !Task.isCancelled {}
            group.cancelAll()
        }
    }
}
