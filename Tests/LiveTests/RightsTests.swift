import AMI
import AMIClient
import Switchboard
import Testing
import TestSupport

extension LiveTests {
    /// What users with few rights, or none, are told.
    @Suite struct RightsTests {
        @Test func `without rights every order is refused as such`() async throws {
            try await Live.with("none") { client in
                try await refusesCalls(CallControl(client))
                try await refusesChanges(QueueControl(client))
                // Asterisk requires no right for this.
                let board = try await QueueControl(client).status("board", at: 0)
                #expect(board.queues.map(\.name) == ["board"])
            }
        }

        private func refusesCalls(_ control: CallControl) async throws {
            let channels = try await Live.code { _ = try await control.channels() }
            #expect(channels == .permissionDenied)
            let call = Live.call("answer")
            let originate = try await Live.code { _ = try await control.originate(call) }
            #expect(originate == .permissionDenied)
        }

        private func refusesChanges(_ queues: QueueControl) async throws {
            let add = try await Live.code { _ = try await queues.add("Local/a@phones", to: "board") }
            #expect(add == .permissionDenied)
            let pause = try await Live.code { _ = try await queues.pause("Local/a@phones", isPaused: true) }
            #expect(pause == .permissionDenied)
        }

        @Test func `the doctor reports what a user may do`() async throws {
            let full = try await Live.with { try await Doctor($0).examine() }
            #expect(full.commands.allSatisfy { $0.isPermitted })
            #expect(full.excessWrite.contains("command") && full.excessWrite.contains("system"))
            #expect(full.version != nil)
            #expect(full.findings.contains { $0.text.contains("passwords") && !$0.isSerious })
            let none = try await Live.with("none") { try await Doctor($0).examine() }
            let permitted = Set(none.commands.filter(\.isPermitted).map(\.name))
            #expect(permitted.isSuperset(of: ["queue status", "queue reload", "events"]))
            #expect(permitted.isDisjoint(with: ["originate", "hangup", "park", "spy", "queue add", "channels"]))
            #expect(none.leastWrite == full.leastWrite)
        }

        /// The lines in docs/live.md are those of the user `least`.
        @Test func `the minimum rights are sufficient and necessary`() async throws {
            let report = try await Live.with("least") { try await Doctor($0).examine() }
            #expect(report.commands.filter { !$0.isPermitted }.map(\.name) == [])
            #expect(report.excessWrite == [])
            #expect(Set(report.leastWrite) == ["reporting", "agent", "call", "originate"])
            #expect(!report.findings.contains { $0.text.contains("write=") && $0.isSerious })
            try await Live.with("least") { client in
                let control = CallControl(client)
                let call = try await Live.conversation(control)
                try await control.hangup(call.first)
            }
        }

        @Test(arguments: ["full", "least", "monitor", "none"])
        func `health names what it could not check`(user: String) async throws {
            let report = await HealthCheck(try Live.configuration(user)).run()
            let states = Dictionary(uniqueKeysWithValues: report.sections.map { ($0.name, $0.state) })
            #expect(states["connection"] == .ok, "\(report.text)")
            #expect(report.sections.allSatisfy { !$0.summary.isEmpty })
            switch user {
            case "none":
                for name in ["core", "channels", "endpoints", "registrations"] {
                    #expect(states[name] == .skipped, "\(report.text)")
                }
            default: #expect(states["channels"] == .ok && states["endpoints"] == .ok, "\(report.text)")
            }
        }

        @Test func `a wrong password is tried once`() async throws {
            let pbx = try TestAsterisk.shared()
            var configuration = try Live.configuration("monitor")
            configuration.secret = "wrong"
            let client = try await Live.code { try await ManagerClient.withConnection(configuration) { _ in } }
            #expect(client == .authenticationFailed)
            let feed = try await Live.code { try await EventFeed.withFeed(configuration) { _ in } }
            #expect(feed == .authenticationFailed)
            let failures = TestAsterisk.text(of: pbx.folder + "/log/messages").split(separator: "\n")
                .count { $0.contains("'monitor'") && $0.contains("authenticate") }
            #expect(failures == 2)
            let health = await HealthCheck(configuration).run()
            #expect(health.sections.first { $0.name == "connection" }?.state != .ok, "\(health.text)")
            #expect(health.state.number >= 2)
        }

        @Test func `a user who is not let in from here`() async throws {
            let code = try await Live.code { try await Live.with("elsewhere") { _ in } }
            #expect(code == .authenticationFailed)
        }
    }
}
