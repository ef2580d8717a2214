import AMI
import AMIClient
import Switchboard
import Testing
import TestSupport

extension LiveTests {
    /// A user who may log in only once (`allowmultiplelogin = no`): requests, events and queries share a session. For
    /// that reason, one test runs at a time.
    /// test at a time, for that reason.
    @Suite(.serialized) struct OneLoginTests {
        @Test func `spying is confirmed when it begins`() async throws {
            try await Live.with("once") { client in
                let control = CallControl(client)
                let call = try await Live.conversation(control)
                let outcome = try await control.spy(
                    "Local/echo@phones/n",
                    on: call.first,
                    mode: .listen
                )
                #expect(outcome.status == .bridged, "\(outcome.detail)")
                try await control.hangup(call.first)
            }
        }

        @Test func `a board is read together with its events`() async throws {
            try await EventFeed.withFeed(try Live.configuration("once")) { feed in
                for _ in 0..<2 {
                    let items = try await feed.list(Action("QueueStatus", .reads, ["Queue": "board"]))
                    #expect(items.contains { $0["Queue"] == "board" })
                }
                try await Live.with { _ = try await QueueControl($0).add("Local/agent-6@phones", to: "board") }
                let added = try await Self.next("QueueMemberAdded", feed)
                #expect(added?["Queue"] == "board")
                try await Live.with { try await QueueControl($0).remove("Local/agent-6@phones", from: "board") }
            }
        }

        private static func next(_ name: String, _ feed: EventFeed) async throws -> Message? {
            let end = ContinuousClock.now + Live.patience
            while let item = try await feed.events.next(until: end) {
                if case .event(let event) = item, event.name == name { return event.raw }
            }
            return nil
        }

        @Test func `a second login is refused with the reason`() async throws {
            try await Live.with("once") { _ in
                let code = try await Live.code { try await Live.with("once") { _ in } }
                #expect(code == .alreadyLoggedIn)
                let health = await HealthCheck(try Live.configuration("once")).run()
                #expect(health.state == .unknown, "\(health.text)")
            }
        }
    }
}
