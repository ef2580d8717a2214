import Alerts
import Base
import Configuration
import Glibc
import TestSupport
import Testing

@testable import Services

@Suite struct SendTestTests {
    /// Settings from a text.
    private func settings(_ text: String) throws -> Settings {
        let folder = try TestProcess.temporaryFolder(named: "crm-voip-send-test")
        defer { try? TestProcess.run(["rm", "-rf", folder]) }
        try AtomicFile.replace(folder + "/crm-voip.toml", with: Array(text.utf8))
        return try Settings.load(named: folder + "/crm-voip.toml", environment: ["HOME": folder])
    }

    @Test(.timeLimit(.minutes(10))) func `it says who got a message and why others did not`() async throws {
        let settings = try settings(
            """
            [alerts.receivers.good]
            type = "command"
            command = ["/bin/sh", "-c", "grep -q This.is.a.test"]
            [alerts.receivers.bad]
            type = "command"
            command = ["/bin/sh", "-c", "exit 4"]
            [alerts.receivers.later]
            type = "command"
            command = ["/bin/sh", "-c", "exit 75"]
            """
        )
        let result = try await SendTestService(settings).send(to: nil)
        #expect(result.receivers.map(\.name) == ["bad", "good", "later"])
        #expect(result.receivers.map(\.isDelivered) == [false, true, false])
        #expect(result.receivers.first?.message == "/bin/sh ended with status 4.")
        #expect(result.failure == .refused)
        #expect(try await SendTestService(settings).send(to: "later").failure == .unavailable)
        #expect(try await SendTestService(settings).send(to: "good").failure == nil)
    }

    @Test func `an unknown receiver and no receivers are told`() async throws {
        let one = try settings("[alerts.receivers.a]\ntype = 'command'\ncommand = ['/bin/true']\n")
        let unknown = await #expect(throws: ServiceError.self) { try await SendTestService(one).send(to: "b") }
        #expect(unknown?.description == "Unknown receiver b. Configured: a.")
        #expect(unknown?.category == .usage)
        let none = try settings("[pbx.main]\n")
        let missing = await #expect(throws: ServiceError.self) { try await SendTestService(none).send(to: nil) }
        #expect(missing?.category == .configuration)
    }

    @Test(arguments: [
        ("type = 'webhook'\nurl = 'hooks.example.com/SECRET'", "The URL of the receiver a is not a complete"),
        ("type = 'template'\nurl = 'http://a'\nbody = '{{what}}'", "Unknown name {{what}} in the template."),
        ("type = 'sendmail'\nfrom = 'nobody'\nto = ['c@d']", "from should be an address"),
        (
            "type = 'sendmail'\nfrom = 'a@b'\nto = ['c d']",
            "to should have addresses such as leads@example.com, not c d."
        ),
    ]) func `what cannot be used is told without its secret`(keys: String, message: String) async throws {
        let settings = try settings("[alerts.receivers.a]\n\(keys)\n")
        let error = await #expect(throws: ServiceError.self) { try await SendTestService(settings).send(to: nil) }
        #expect(error?.description.hasPrefix("[alerts.receivers.a]: \(message)") == true)
        #expect(error?.description.contains("SECRET") == false)
        #expect(error?.category == .configuration)
        #expect(SettingsCheck(settings, problems: []).errors.contains { $0.contains(message) })
    }
}
