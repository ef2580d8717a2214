import Alerts
import Base
import Configuration
import FoundationEssentials
import Logging
import Switchboard
import Testing
import TestSupport

@testable import Serve
@testable import Services

/// Alerts on the page, in the API and as a metric.
@Suite struct AlertsPageTests {
    /// A service that has not run yet: it shows what the last one remembered. Two alerts fire, one of them silenced.
    private static func service(damaged: Bool = false) throws -> AlertService {
        let folder = try TestProcess.temporaryFolder(named: "crm-voip-alerts")
        let file = """
            [warehouse]
            data_directory = "\(folder)"
            [alerts.rules.long-wait]
            measure = "queue_wait"
            range = "100"
            severity = "critical"
            """
        try AtomicFile.replace("\(folder)/c.toml", with: Array(file.utf8), permissions: 0o600)
        let settings = try Settings.load(named: "\(folder)/c.toml", environment: ["HOME": folder])
        var rule = AlertRule("long-wait", .queueWait, NagiosRange(low: 0, high: 100))
        rule.severity = .critical
        let findings = ["support", "sales"].map { queue in
            AlertFinding(
                ["pbx": "main", "queue": queue],
                160,
                "The longest caller in \(queue) <waits>.",
                causes: ["3 of 5 agents are paused."],
                callers: ["+4930xxxx, waiting 2:40"],
                path: "/queues?queues=\(queue)"
            )
        }
        let now = Moment.now
        var machine = AlertMachine([rule], continuing: AlertMemory(at: now))
        machine.evaluate([RuleEvaluation("long-wait", findings)], at: now)
        try AlertFiles(settings).write(machine.memory)
        if damaged { try AtomicFile.replace("\(folder)/alerts-state.json", with: Array("{\"states\":7}".utf8)) }
        try SilenceService(settings).add(["queue=sales"], for: .seconds(60), author: "me", comment: "")
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        let desk = QueryDesk(settings)
        let sources = AlertSources(
            model: try LiveModel(settings, logger: logger) { _ in },
            sampler: HealthSampler(settings, logger: logger),
            callbacks: CallbackList(settings, desk),
            warehouse: WarehouseWatch(settings, desk),
            desk: desk
        )
        return try AlertService(settings, sources, try AlertOutlet(settings, logger: logger) { _ in }) { _ in }
    }

    @Test func `the page shows state, finding, causes and callers, as text`() async throws {
        let page = AlertsPage(alerts: try Self.service())
        let application = Fixture.application(openRole: .lead, clock: { 1_000_000 }) { router in
            page.add(to: &router)
            page.operation.add(to: &router)
        }
        let response = await application.answer(try Fixture.request(.get, "/alerts", [("Accept", "text/html")]))
        let html = String(decoding: response.bytes, as: UTF8.self)
        #expect(response.status == .ok)
        #expect(html.contains("firing, critical") && html.contains("silenced, critical"))
        #expect(html.contains("<a href=\"/queues?queues=support\">The longest caller in support &lt;waits&gt;.</a>"))
        #expect(html.contains("3 of 5 agents are paused.") && html.contains("+4930xxxx, waiting 2:40"))

        struct Listed: Decodable {
            struct Alert: Decodable { var state: String, rule: String, severity: String, value: Double }

            var alerts: [Alert]
        }
        let answer = await application.answer(try Fixture.request(.get, "/api/v1/alerts"))
        let listed = try JSONDecoder().decode(Listed.self, from: Data(answer.bytes))
        #expect(listed.alerts.map(\.state) == ["firing", "silenced"])
        #expect(listed.alerts.map(\.rule) == ["long-wait", "long-wait"])
        #expect(listed.alerts.map(\.severity) == ["critical", "critical"])
        #expect(listed.alerts.map(\.value) == [160, 160])
    }

    /// A service that has not run yet: the last one put Erik, who has a number, into the queue `support`.
    private static func staffing() throws -> StaffingService {
        let folder = try TestProcess.temporaryFolder(named: "crm-voip-staffing")
        let file = """
            [warehouse]
            data_directory = "\(folder)"
            [staffing.reserve]
            enabled = true
            queue = "support"
            members = ["Local/4915112345678@out <Erik>"]
            measure = "queue_wait"
            range = 60
            """
        try AtomicFile.replace("\(folder)/c.toml", with: Array(file.utf8), permissions: 0o600)
        let settings = try Settings.load(named: "\(folder)/c.toml", environment: ["HOME": folder])
        let now = Moment.now
        var machine = StaffingMachine(try settings.staffingRules(), continuing: StaffingMemory(at: now))
        let queue = StaffingQueue("support", callers: [now - .seconds(90)])
        var sight = StaffingSight("main", queues: [queue])
        sight.devices = ["Local/4915112345678@out": .notInUse]
        for order in machine.step([sight], at: now).orders {
            _ = machine.finish(order, .done(loggedInSince: now), at: now)
        }
        try StaffingFiles(settings).write(machine.memory)
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        let desk = QueryDesk(settings)
        let sources = AlertSources(
            model: try LiveModel(settings, logger: logger) { _ in },
            sampler: HealthSampler(settings, logger: logger),
            callbacks: CallbackList(settings, desk),
            warehouse: WarehouseWatch(settings, desk),
            desk: desk
        )
        return try StaffingService(settings, sources, logger: logger) { _ in }
    }

    @Test func `the page shows whom rules have put into queues, to those who may see the queue`() async throws {
        let staffing = try Self.staffing()
        let page = AlertsPage(alerts: try Self.service(), staffing: staffing)
        let application = Fixture.application(openRole: .lead, clock: { 1_000_000 }) { page.add(to: &$0) }
        let response = await application.answer(try Fixture.request(.get, "/alerts", [("Accept", "text/html")]))
        let html = String(decoding: response.bytes, as: UTF8.self)
        #expect(html.contains("<h2>Staffing</h2>") && html.contains("<th scope=\"row\">reserve</th>"))
        #expect(html.contains("&lt;Erik&gt;, ") && html.contains("waiting for 1:30."))
        #expect(!html.contains("4915112345678"))
        func visible(_ queues: Set<String>?) -> Int {
            let identity = Identity(name: "anna", role: .lead, proof: .session, queues: queues)
            return StaffingView.visible(staffing.current, to: identity).count
        }
        #expect(visible(["support"]) == 1 && visible(["sales"]) == 0 && visible(nil) == 1)
        let text = MetricsText(format: .text).render(
            StaffingMetrics(rules: staffing.current, totals: staffing.totals).families
        )
        #expect(text.contains("crm_voip_staffing_members{rule=\"reserve\",pbx=\"main\",queue=\"support\"} 1\n"))
        #expect(text.contains("crm_voip_staffing_orders_total{rule=\"reserve\",outcome=\"failed\"} 0\n"))
        #expect(!text.contains("4915112345678"))
    }

    @Test func `a viewer may not open it`() async throws {
        let page = AlertsPage(alerts: try Self.service())
        let application = Fixture.application(openRole: .viewer, clock: { 1_000_000 }) { page.add(to: &$0) }
        #expect(await application.answer(try Fixture.request(.get, "/alerts")).status == .unauthorized)
    }

    @Test func `a user of one queue sees only the alerts about it`() throws {
        let alerts = try Self.service().current
        func visible(_ queues: Set<String>?) -> [String?] {
            let identity = Identity(name: "anna", role: .lead, proof: .session, queues: queues)
            return AlertsPage.visible(alerts, to: identity).map(\.queue)
        }
        #expect(visible(["support"]) == ["support"])
        #expect(visible([]) == [])
        #expect(visible(nil).count == 2)
    }

    @Test func `every state and severity has a figure`() throws {
        let families = AlertMetrics(alerts: try Self.service().current).families
        let samples = families.flatMap(\.samples)
        #expect(samples.count == 15)
        let counted = samples.filter { $0.value > 0 }.map { $0.labels.map(\.value).joined(separator: " ") }
        #expect(counted == ["firing critical", "silenced critical"])
    }

    @Test func `a state that cannot be understood keeps no server from starting`() throws {
        #expect(try Self.service(damaged: true).current.isEmpty)
    }
}
