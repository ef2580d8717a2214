import AMI
import AMIClient
import Switchboard
import Testing
import TestSupport

extension LiveTests {
    /// The stream of events, and what is kept of it.
    @Suite struct EventTests {
        /// Answers a call of the queue `stream` and returns every event of that queue, once the call is over.
        private func visit(_ feed: EventFeed, id: String) async throws -> [Message] {
            try await Live.with { client in
                _ = try await QueueControl(client).add("Local/agent-3@phones", to: "stream", name: "Carol")
                var request = Live.call("wait", to: "stream@queues", id: id)
                request.callerID = "\"Ann\" <4930555>"
                _ = try await CallControl(client).originate(request)
            }
            var events: [Message] = []
            let end = ContinuousClock.now + Live.patience
            while let item = try await feed.events.next(until: end) {
                guard case .event(let event) = item else { continue }
                events.append(event.raw)
                if event.name == "AgentComplete" { break }
            }
            return events
        }

        @Test func `all events of a queue arrive, and can be kept`() async throws {
            let id = "crm-stream-\(UInt32.random(in: 0...(.max)))"
            let filter = try #require(EventFilter(terms: ["Queue*", "Agent*", "Queue=stream"]))
            let (events, counts) = try await EventFeed.withFeed(try Live.configuration(), filter: filter) { feed in
                let events = try await visit(feed, id: id)
                return (events, feed.events.counts)
            }
            let names = events.compactMap(\.eventName)
            for name in ["QueueMemberAdded", "QueueCallerJoin", "AgentCalled", "AgentConnect", "AgentComplete"] {
                #expect(names.contains(name), "\(names)")
            }
            #expect(events.allSatisfy { $0["Queue"] == "stream" })
            #expect(counts.dropped == 0 && counts.reconnects == 0)
            #expect(counts.received >= events.count)

            // The recording is read back unchanged.
            let folder = try TestProcess.temporaryFolder(named: "crm-voip-events")
            defer { try? TestProcess.run(["rm", "-rf", folder]) }
            try keep(events, folder)
            var replay = try EventReplay(path: folder + "/events")
            var replayed: [Message] = []
            while let event = try replay.next() { replayed.append(event) }
            #expect(replayed.map(\.eventName) == events.map(\.eventName))
            #expect(replayed.map { $0["Uniqueid"] } == events.map { $0["Uniqueid"] })

            // The lines made from events are those that the PBX wrote.
            let own = try await Live.eventually("queue_log has the call") {
                let lines = try Live.queueLog("|\(id)|stream|")
                return lines.contains { $0.contains("|COMPLETE") } ? lines : nil
            }
            let made = TestAsterisk.text(of: folder + "/queue_log").split(separator: "\n").map(String.init)
                .filter { $0.contains("|\(id)|") }
            #expect(made.map(withoutTime) == own.map(withoutTime), "\(events.map(\.fields))")
            #expect(made.map { $0.split(separator: "|")[4] } == ["ENTERQUEUE", "CONNECT", "COMPLETEAGENT"])
        }

        /// The event's timestamp and queue_log's may fall on either side of a second.
        private func withoutTime(_ line: String) -> String { line.drop { $0 != "|" }.description }

        private func keep(_ events: [Message], _ folder: String) throws {
            let recorder = try EventRecorder(path: folder + "/events")
            var queueLog = try QueueLogRecorder(path: folder + "/queue_log")
            for event in events {
                try recorder.write(event)
                try queueLog.write(ReceivedEvent(event), at: event.timestamp ?? 0)
            }
        }

        @Test func `events of one call fold into that call`() async throws {
            let calls = try await EventFeed.withFeed(try Live.configuration()) { feed in
                let id = "crm-fold-\(UInt32.random(in: 0...(.max)))"
                try await Live.with { client in
                    let request = Live.call("answer", to: "dial-short@phones", id: id)
                    _ = try await CallControl(client).originate(request)
                }
                var calls = ActiveCalls()
                var legs: Set<String> = []
                var isOver = false
                let end = ContinuousClock.now + Live.patience
                while !isOver, let item = try await feed.events.next(until: end) {
                    guard case .event(let raw) = item else { continue }
                    for change in raw.parts.flatMap({ calls.apply($0.event, at: 0) }) where change.call.id == id {
                        legs.formUnion(change.call.legs.map { "\($0)" })
                        isOver = change.end != nil
                    }
                }
                #expect(isOver)
                return legs.count
            }
            // The two halves of the called phone, and those of the one that it dialled.
            #expect(calls >= 2)
        }
    }
}
