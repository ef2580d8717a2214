import Configuration
import Logging
import Services

/// The components of which the routes are made.
struct Features: Sendable {
    let model: LiveModel
    let settings: Settings
    let authenticator: Authenticator
    let requests: RequestCounters
    let streams: StreamCounters
    let desk: QueryDesk
    let sampler: HealthSampler
    let callbacks: CallbackList
    let book: CallerBook
    let warehouse: WarehouseWatch
    let link: RecordLink?
    let alerts: AlertService
    let staffing: StaffingService
    let logger: Logger
    let report: ServiceNotice.Report

    /// All routes of the server.
    func addRoutes(to router: inout Router) {
        Assets.addRoutes(to: &router)
        LoginRoutes(authenticator: authenticator) { report(ServiceNotice(.warning, $0)) }.add(to: &router)
        DisplayRoutes(authenticator: authenticator) { report(ServiceNotice(.warning, $0)) }.add(to: &router)
        LanguageRoutes().add(to: &router)
        StartRoutes(model: model).add(to: &router)
        MetricsRoutes(
            model: model,
            requests: requests,
            streams: streams,
            callbacks: callbacks,
            sampler: sampler,
            warehouse: warehouse,
            alerts: alerts,
            staffing: staffing
        ).add(to: &router)
        let notices = Notices()
        let log = AccessLog(path: settings.accessLog) {
            report(ServiceNotice(.error, $0))
        }
        let stream = LiveStream(model: model, streams: streams, authenticator: authenticator)
        LivePages(stream: stream, callbacks: callbacks, notices: notices, book: book, log: log).add(to: &router)
        ReportRoutes(settings: settings, desk: desk, log: log).add(to: &router)
        let rows = ReportRowsRoutes(settings: settings, desk: desk, log: log)
        rows.add(to: &router)
        HistoryRoutes(settings: settings, desk: desk, log: log).add(to: &router)
        HealthPage(sampler: sampler).add(to: &router)
        let alertsPage = AlertsPage(alerts: alerts, staffing: staffing)
        alertsPage.add(to: &router)
        SilenceRoutes(silences: SilenceService(settings), forms: authenticator.forms, notices: notices).add(to: &router)
        AuditPage(settings: settings, desk: desk, log: log).add(to: &router)
        let history = HistoryAPI(settings: settings, desk: desk, sampler: sampler, log: log)
        let orders = OrderRoom(settings: settings, logger: logger, keys: IdempotencyKeys(), isReplay: model.isReplay)
        let lost = LostCallsActions(
            query: LostCallsQuery(settings: settings, desk: desk, callbacks: callbacks),
            log: log,
            orders: orders
        )
        LostCallsRoutes(actions: lost, forms: authenticator.forms, notices: notices).add(to: &router)
        let queueOrders = QueueOrders(orders: orders, model: model)
        OrderRoutes(orders: queueOrders, forms: authenticator.forms, notices: notices).add(to: &router)
        let live = LiveAPI(model: model, book: book)
        APIRoutes(
            live.operations,
            EventsAPI(live: live, stream: stream, log: log).operations,
            PopsAPI(model: model, book: book, link: link, stream: stream, log: log).operations,
            history.operations,
            rows.operations,
            [alertsPage.operation],
            LostCallsAPI(actions: lost).operations,
            OrdersAPI(orders: queueOrders).operations
        ).add(to: &router)
    }
}
