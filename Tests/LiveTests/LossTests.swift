import AMI
import AMIClient
import Switchboard
import Testing
import TestSupport

extension LiveTests {
    /// Connections that the PBX cuts while something is going on. One test at a time: all of the user's sessions are cut.
    @Suite(.serialized) struct LossTests {
        /// Cuts the sessions of the user `cut`; returns how many.
        static func cut() throws -> Int {
            let pbx = try TestAsterisk.shared()
            let lines = try pbx.console("manager show connected").split(separator: "\n")
            // Username, address, start, elapsed, descriptor …
            let sessions = lines.map { $0.split(separator: " ") }.filter { $0.count > 4 && $0[0] == "cut" }
            let descriptors = sessions.map { $0[4] }
            for descriptor in descriptors { _ = try pbx.console("manager kick session \(descriptor)") }
            return descriptors.count
        }

        @Test func `an interrupted order has an unknown outcome`() async throws {
            let number = UInt32.random(in: 0...(.max))
            let id = "crm-cut-\(number)"
            let account = "cut\(number)"
            async let result = ring(id, account: account)
            // Without Async the PBX answers only when the ringing ends.
            try await Live.with { client in
                _ = try await Live.eventually("It rings.") {
                    try await CallControl(client).channels().first { $0.uniqueid == id }
                }
            }
            #expect(try Self.cut() == 1)
            let code = try await result
            #expect(code == .outcomeUnknown)
            // The request was not sent again: the channels with its account are a single pair, still ringing.
            try await Live.with { client in
                let channels = try await CallControl(client).channels().filter { $0.account == account }
                #expect(channels.map(\.uniqueid).sorted() == [id, id + "-2"])
                for channel in channels where channel.uniqueid == id { try? await CallControl(client).hangup(channel) }
            }
        }

        private func ring(_ id: String, account: String) async throws -> ManagerError.Code? {
            try await Live.with("cut") { client in
                var action = Action("Originate", .changes, ["Channel": "Local/ring@phones/n", "Timeout": "120000"])
                for (name, value) in [
                    ("Context", "callers"), ("Exten", "wait"), ("Priority", "1"), ("ChannelId", id),
                    ("OtherChannelId", id + "-2"), ("Account", account),
                ] {
                    action.add(name, value)
                }
                return try await Live.code { [action] in try await client.send(action, timeout: .seconds(20)) }
            }
        }

        @Test func `a call that is being watched when the connection is lost`() async throws {
            let request = Live.call("answer", to: "dial-answer@phones", wait: .done)
            try await Live.with { client in
                async let status = watch(request)
                _ = try await Live.eventually("They talk.") {
                    try await CallControl(client).channels().first {
                        $0.uniqueid == request.channelID && !$0.bridgeID.isEmpty
                    }
                }
                // One session for requests, one for events.
                #expect(try Self.cut() == 2)
                let told = try await status
                #expect(told == .unknown)
                let control = CallControl(client)
                try await control.hangup(try await control.resolve(request.channelID))
            }
        }

        private func watch(_ request: OriginateRequest) async throws -> OriginateOutcome.Status {
            try await Live.with("cut") { client in
                try await CallControl(client).originate(request).status
            }
        }

        @Test func `a stream resumes and reports a gap`() async throws {
            var configuration = try Live.configuration("cut")
            configuration.reconnectDelay = .milliseconds(100)
            let seen = try await EventFeed.withFeed(configuration) { feed in
                var seen: [String] = []
                var isCut = false
                let end = ContinuousClock.now + Live.patience
                while seen.last != "connected again", let item = try await feed.events.next(until: end) {
                    switch item {
                    case .connected where isCut: seen.append("connected again")
                    case .connected, .event, .gap:
                        if !isCut { isCut = try Self.cut() > 0 }
                    case .disconnected: seen.append("disconnected")
                    }
                }
                #expect(feed.events.counts.reconnects == 1)
                return seen
            }
            #expect(seen == ["disconnected", "connected again"])
        }
    }
}
