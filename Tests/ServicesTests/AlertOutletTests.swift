import Alerts
import Base
import Configuration
import Glibc
import Logging
import TestSupport
import Testing

@testable import Services

@Suite struct AlertOutletTests {
    private static let quiet = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

    private func settings(_ folder: String, _ text: String) throws -> Settings {
        let path = folder + "/crm-voip.toml"
        let all = "[warehouse]\ndata_directory = \"\(folder)/data\"\n" + text
        try AtomicFile.replace(path, with: Array(all.utf8))
        return try Settings.load(named: path, environment: ["HOME": folder])
    }

    private func message(_ id: String) -> AlertMessage {
        AlertMessage(id: id, receiver: "file", reason: .test, group: id, alerts: [], createdAt: .now)
    }

    @Test(.timeLimit(.minutes(10)))
    func `messages reach a configured receiver, and a second program waits for the spool`() async throws {
        let folder = try TestProcess.temporaryFolder(named: "crm-voip-outlet")
        defer { try? TestProcess.run(["rm", "-rf", folder]) }
        let settings = try settings(
            folder,
            """
            [alerts.receivers.file]
            type = "command"
            command = ["/bin/sh", "-c", "echo $CRM_VOIP_ALERT_ID >> \(folder)/ids"]
            """
        )
        let outlet = try AlertOutlet(settings, logger: Self.quiet) { _ in }
        #expect(outlet.status.isEmpty)
        try await outlet.sink.accept(message("a"))
        let second = try AlertOutlet(settings, logger: Self.quiet) { _ in }
        let error = await #expect(throws: DeliveryError.self) { try await second.sink.accept(message("b")) }
        #expect(error?.category == .locked)
        let running = Task { await outlet.run() }
        for _ in 0..<500 where outlet.status.first?.delivered != 1 { try await Task.sleep(for: .milliseconds(10)) }
        running.cancel()
        await running.value
        #expect(outlet.status.first?.delivered == 1)
        #expect(outlet.status.first?.queued == 0)
        #expect(String(decoding: try SmallFile(path: folder + "/ids").bytes, as: UTF8.self) == "a\n")
    }

    @Test func `without receivers messages are taken and no spool is made`() async throws {
        let folder = try TestProcess.temporaryFolder(named: "crm-voip-outlet")
        defer { try? TestProcess.run(["rm", "-rf", folder]) }
        let outlet = try AlertOutlet(try settings(folder, ""), logger: Self.quiet) { _ in }
        try await outlet.sink.accept(message("a"))
        await outlet.run()
        #expect(access(folder + "/data", F_OK) != 0)
    }

    @Test func `a rule for a receiver that does not exist keeps the program from starting`() throws {
        let folder = try TestProcess.temporaryFolder(named: "crm-voip-outlet")
        defer { try? TestProcess.run(["rm", "-rf", folder]) }
        let rule = "[alerts.rules.wait]\nmeasure = 'queue_wait'\nrange = '120'\nreceivers = ['nobody']\n"
        let settings = try settings(folder, rule)
        #expect(throws: ConfigurationError.self) { try AlertOutlet(settings, logger: Self.quiet) { _ in } }
    }
}
