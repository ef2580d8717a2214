import Configuration
import Services

/// What the routes are made of.
struct Features: Sendable {
    let model: LiveModel
    let settings: Settings
    let authenticator: Authenticator
    let requests: RequestCounters
    let streams: StreamCounters
    let report: ServiceNotice.Report

    /// All routes of the server.
    func addRoutes(to router: inout Router) {
        Assets.addRoutes(to: &router)
        LoginRoutes(authenticator: authenticator) { report(ServiceNotice(.warning, $0)) }.add(to: &router)
        StartRoutes(model: model).add(to: &router)
        MetricsRoutes(model: model, requests: requests, streams: streams).add(to: &router)
        let live = LivePages(model: model, streams: streams)
        live.add(to: &router)
    }
}
