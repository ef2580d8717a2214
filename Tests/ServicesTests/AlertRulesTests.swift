import Alerts
import Base
import Configuration
import FoundationEssentials
import TestSupport
import Testing

@testable import Services

@Suite struct AlertRulesTests {
    private func settings(_ text: String) throws -> Settings {
        let folder = try TestProcess.temporaryFolder(named: "crm-voip-alerts")
        let path = folder + "/crm-voip.toml"
        try AtomicFile.replace(path, with: Array(text.utf8), permissions: 0o600)
        return try Settings.load(named: path, environment: ["HOME": folder])
    }

    @Test func `the rules of alerts init are valid, and nothing else is needed`() throws {
        let settings = try settings(AlertTemplate.text)
        #expect(settings.inconsistencies().isEmpty)
        let rules = try settings.alertRules()
        // Those of the text, and one about the connection.
        #expect(rules.count == AlertTemplate.text.split(separator: "[alerts.rules.").count)
        #expect(rules.filter { $0.measure == .connectionLost }.map(\.name) == ["connection"])
        #expect(rules.first { $0.name == "long-wait" }?.clear == NagiosRange(low: 0, high: 90))
    }

    @Test func `a rule about the connection is added for those who are told of the others`() throws {
        let text = """
            [alerts]
            default_receivers = ["leads"]
            [alerts.rules.wait]
            measure = "queue_wait"
            range = 120
            [alerts.rules.load]
            measure = "load_age"
            range = 120
            receivers = ["admin"]
            """
        #expect(try settings(text).alertRules().last?.receivers == ["leads"])
        let own = text + "\n[alerts.rules.pbx]\nmeasure = \"connection_lost\"\nrange = 60"
        #expect(try settings(own).alertRules().map(\.name) == ["load", "pbx", "wait"])
        let taken = "[alerts.rules.connection]\nmeasure = \"queue_wait\"\nrange = 120"
        #expect(try settings(taken).alertRules().map(\.name) == ["connection", "connection-lost"])
        let none = "[alerts.rules.load]\nmeasure = \"load_age\"\nrange = 120"
        #expect(try settings(none).alertRules().map(\.name) == ["load"])
    }

    @Test(arguments: [("hours = 'mon 9-18'", "hours"), ("holidays = 'easter'", "holidays")])
    func `invalid hours are named`(_ key: String, _ name: String) throws {
        let settings = try settings("[alerts.schedules.business]\n\(key)")
        let error = #expect(throws: ServiceError.self) { try settings.alertRules() }
        #expect(error?.message.hasPrefix("alerts.schedules.business.\(name): ") ?? false)
        #expect(error?.category == .configuration)
    }

    @Test func `severities are the same words in the configuration and in alerts`() {
        #expect(AlertSettings.severities == AlertSeverity.allCases.map(\.rawValue))
    }

    @Test func `silences are kept in a file, have an end, and can be ended`() throws {
        let service = SilenceService(
            try settings("[warehouse]\ndata_directory = \"\(try TestProcess.temporaryFolder(named: "silences"))\"")
        )
        #expect(try service.list().isEmpty)
        let silence = try service.add(
            ["queue=support", "rule=long-*"],
            for: .seconds(60),
            author: "me",
            comment: "test"
        )
        #expect(try service.list() == [silence])
        #expect(silence.until - silence.from == .seconds(60))
        #expect(throws: ServiceError.self) { try service.add([], for: .seconds(1), author: "", comment: "") }
        #expect(throws: ServiceError.self) { try service.add(["x"], for: .seconds(1), author: "", comment: "") }
        #expect(throws: ServiceError.self) {
            try service.add(["a=b"], for: .seconds(2_592_001), author: "", comment: "")
        }
        #expect(throws: ServiceError.self) { try service.end("nothing") }
        try service.end(silence.id)
        #expect(try service.list().isEmpty)
    }

    @Test func `what the machine remembers is listed from its file, also while it is silenced`() throws {
        let folder = try TestProcess.temporaryFolder(named: "crm-voip-alerts")
        let settings = try settings("[warehouse]\ndata_directory = \"\(folder)\"")
        #expect(try ListedAlert.list(settings).at == nil)
        let start = Moment.now - .seconds(100)
        let rule = AlertRule("wait", .queueWait, NagiosRange(low: 0, high: 100))
        var machine = AlertMachine([rule], continuing: AlertMemory(at: start))
        let finding = AlertFinding(["pbx": "main", "queue": "support"], 101, "Too long.", path: "/queues")
        machine.evaluate([RuleEvaluation("wait", [finding])], at: start)
        try AlertFiles(settings).write(machine.memory)
        let (alerts, at) = try ListedAlert.list(settings)
        #expect(at == start)
        #expect(alerts.map(\.phase) == [.firing] && alerts.map(\.since) == [start])
        try SilenceService(settings).add(["queue=support"], for: .seconds(60), author: "me", comment: "")
        #expect(try ListedAlert.list(settings).alerts.map(\.phase) == [.silenced])
    }
}
