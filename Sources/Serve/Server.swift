import Base
public import Configuration
public import Logging
public import Services

/// The server: pages, JSON, events and metrics.
public struct Server: Sendable {
    private let http: HTTPServer
    private let application: Application
    private let model: LiveModel
    private let desk: QueryDesk
    private let days: LiveDayKeeper
    private let sampler: HealthSampler
    private let callbacks: CallbackList
    private let book: CallerBook
    private let warehouse: WarehouseWatch
    private let outlet: AlertOutlet
    private let alerts: AlertService
    private let staffing: StaffingService
    private let calls: CallEventService
    private let accounts: AccountsFile
    private let report: ServiceNotice.Report

    /// A server on one snapshot of the settings.
    ///
    /// - Parameters:
    ///   - options: How to run it.
    ///   - settings: The settings for everything that it shows.
    ///   - logger: Receives the connections' warnings.
    ///   - report: Receives notices in the meantime.
    /// - Throws: ``ServeError`` if it would be open to others without protection, or a file is invalid;
    ///   `ConfigurationError`, `ServiceError`.
    public init(
        _ options: ServeOptions,
        _ settings: Settings,
        logger: Logger,
        report: @escaping ServiceNotice.Report
    ) throws {
        accounts = AccountsFile(path: options.usersFile)
        let known = try accounts.read()
        try BindPolicy.check(options, hasAccounts: !known.isEmpty)
        var tls: TLSIdentity?
        if let certificate = options.certificate, let key = options.key {
            tls = try TLSIdentity(certificate: certificate, key: key)
        }
        let streams = StreamCounters()
        http = HTTPServer(address: options.listen, streams: streams, tls: tls)
        model = try LiveModel(settings, replay: options.replay, followsCalls: true, logger: logger, report: report)
        days = LiveDayKeeper(settings, model, report: report)
        desk = QueryDesk(settings)
        sampler = HealthSampler(settings, logger: logger)
        callbacks = CallbackList(settings, desk)
        book = CallerBook(settings, model, desk)
        warehouse = WarehouseWatch(settings, desk)
        outlet = try AlertOutlet(settings, logger: logger, report: report)
        let sources = AlertSources(
            model: model,
            sampler: sampler,
            callbacks: callbacks,
            warehouse: warehouse,
            desk: desk
        )
        alerts = try AlertService(settings, sources, outlet, report: report)
        staffing = try StaffingService(settings, sources, logger: logger, report: report)
        calls = try CallEventService(settings, model, book, outlet, report: report)
        self.report = report
        let proxy = TrustedProxy(addresses: Set(options.proxies), userHeader: options.userHeader)
        let openRole = options.isOpenRoleSet ? options.openRole : known.isEmpty ? .wall : nil
        let authenticator = Authenticator(known, openRole: openRole, proxy: proxy) { Moment.now }
        var application = Application(
            router: Router(),
            hosts: HostList(options.hosts, listening: options.listen),
            authenticator: authenticator,
            proxy: proxy,
            report: { report(ServiceNotice(.error, $0)) }
        )
        application.languages = LanguageChoice(settings)
        let features = Features(
            model: model,
            settings: settings,
            authenticator: authenticator,
            requests: application.requests,
            streams: streams,
            desk: desk,
            sampler: sampler,
            callbacks: callbacks,
            book: book,
            warehouse: warehouse,
            link: try RecordLink(settings),
            alerts: alerts,
            staffing: staffing,
            logger: logger,
            report: report
        )
        features.addRoutes(to: &application.router)
        self.application = application
    }

    /// Serves until the task is cancelled, and tells people about alerts in the language of the task; then streams are ended, responses finished, and everything is closed within
    /// seconds.
    ///
    /// - Parameter ready: Receives the address once the server is listening, with the port that the system chose for
    ///   port 0.
    /// - Throws: ``ServeError`` if it cannot listen on the address.
    public func run(ready: @escaping @Sendable (ListenAddress) -> Void) async throws {
        try await withThrowingTaskGroup { group in
            group.addTask { await model.run() }
            group.addTask { await days.run() }
            group.addTask { await sampler.run() }
            group.addTask { await desk.keepWarehouse() }
            group.addTask { await callbacks.run() }
            group.addTask { await book.run() }
            group.addTask { await warehouse.run() }
            // A recording raises no alerts.
            if !model.isReplay { group.addTask { await outlet.run() } }
            group.addTask { await alerts.runBesideServer() }
            group.addTask { await staffing.run() }
            group.addTask { await calls.run() }
            group.addTask { try await http.run(application, ready: ready) }
            // The other tasks may end before the server does.
            while let _ = try await group.next(), !Task.isCancelled {}
            group.cancelAll()
        }
    }

    /// Reads users, tokens and the certificate again. Anything that cannot be read stays as it was, and is reported.
    public func reload() {
        do {
            application.authenticator.replace(try accounts.read())
            try http.tls?.reload()
            report(ServiceNotice(.note, "Users, tokens and certificate were reloaded."))
        } catch {
            report(ServiceNotice(.error, "What was loaded before stays in force: \(error)"))
        }
    }
}

/// Decides to whom the server may be opened.
enum BindPolicy {
    /// - Throws: ``ServeError``
    static func check(_ options: ServeOptions, hasAccounts: Bool) throws(ServeError) {
        guard (options.certificate == nil) == (options.key == nil) else {
            throw ServeError(.configuration, "TLS needs both certificate and key of [serve].")
        }
        guard !options.listen.isLoopback else { return }
        if options.certificate == nil {
            throw ServeError(
                .configuration,
                "\(options.listen) can be reached from other machines, so it needs TLS: set certificate and key of [serve], "
                    + "or listen on 127.0.0.1 behind a proxy."
            )
        }
        if !hasAccounts {
            throw ServeError(
                .configuration,
                "\(options.listen) can be reached from other machines, so it needs users: add one with "
                    + "`crm-voip serve user add`."
            )
        }
        if let role = options.openRole, role > .wall {
            throw ServeError(
                .configuration,
                "If other machines can reach the server, those who do not log in may have at most the role wall."
            )
        }
    }
}
