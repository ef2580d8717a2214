import Base
import Configuration
import Logging
import Services
import TestSupport

@testable import Serve

/// The real routes, without a warehouse. The PBX `main` cannot be reached; its state is what a test makes of it.
struct RealApplication {
    var application: Application
    let model: LiveModel
    let book: CallerBook

    init(
        openRole: Role? = nil,
        accounts: Accounts = Accounts(),
        hasPBX: Bool = false,
        clock: @escaping @Sendable () -> Moment = { 1_000_000 }
    ) throws {
        let folder = "/nonexistent/crm-voip-tests"
        var environment = ["HOME": folder, "CRM_VOIP_CONFIG": "/dev/null", "CRM_VOIP_DATA": folder]
        if hasPBX {
            environment["CRM_VOIP_PBX_MAIN_AMI_HOST"] = "127.0.0.1"
            environment["CRM_VOIP_PBX_MAIN_AMI_USERNAME"] = "u"
            environment["CRM_VOIP_PBX_MAIN_AMI_SECRET"] = "s"
        }
        let settings = try Settings.load(environment: environment)
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        let authenticator = Authenticator(accounts, openRole: openRole, clock: clock)
        application = Application(
            router: Router(),
            hosts: HostList([], listening: .tcp(host: "127.0.0.1", port: 8090)),
            authenticator: authenticator
        )
        model = try LiveModel(settings, logger: logger) { _ in }
        let (sampler, desk) = (HealthSampler(settings, logger: logger), QueryDesk(settings))
        let callbacks = CallbackList(settings, desk)
        let warehouse = WarehouseWatch(settings, desk)
        book = CallerBook(settings, model, desk)
        let sources = AlertSources(
            model: model,
            sampler: sampler,
            callbacks: callbacks,
            warehouse: warehouse,
            desk: desk
        )
        let outlet = try AlertOutlet(settings, logger: logger) { _ in }
        let features = Features(
            model: model,
            settings: settings,
            authenticator: authenticator,
            requests: application.requests,
            streams: StreamCounters(),
            desk: desk,
            sampler: sampler,
            callbacks: callbacks,
            book: book,
            warehouse: warehouse,
            link: nil,
            alerts: try AlertService(settings, sources, outlet) { _ in },
            staffing: try StaffingService(settings, sources, logger: logger) { _ in },
            logger: logger,
            report: { _ in }
        )
        features.addRoutes(to: &application.router)
    }

    /// The same routes with handlers that do nothing: status 204 means that a request reached its handler.
    var withoutHandlers: Application {
        var copy = application
        copy.router = Router()
        for route in application.router.routes {
            copy.router.on(route.method, route.pattern, for: route.access, route.summary) { _ in Response(.noContent) }
        }
        return copy
    }
}

extension Route {
    /// Such as `GET /history/{id}`.
    var line: String { "\(method.rawValue) \(pattern)" }

    /// A path that the route answers; the names are those of a report that every viewer may see.
    var example: String {
        let parts = segments.map { segment in
            switch segment {
            case .fixed(let text): text
            case .variable(let name): name == "name" ? "queues" : "1"
            }
        }
        return "/\(parts.joined(separator: "/"))"
    }
}
