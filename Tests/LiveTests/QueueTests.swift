import AMI
import AMIClient
import Switchboard
import Testing
import TestSupport

extension LiveTests {
    /// Each request about a queue, and what the PBX's console and queue_log show afterwards.
    @Suite struct QueueTests {
        private func console(_ queue: String) throws -> String {
            try TestAsterisk.shared().console("queue show \(queue)")
        }

        @Test func `a member comes, changes and goes`() async throws {
            try await Live.with { client in
                let queues = QueueControl(client)
                let interface = "Local/agent-1@phones"
                let member = try await queues.add(interface, to: "members", name: "Ülkü", penalty: 3)
                #expect(member.name == "Ülkü" && member.penalty == 3 && !member.isPaused)
                #expect(try console("members").contains("Ülkü"))
                let again = try await Live.code { _ = try await queues.add(interface, to: "members") }
                #expect(again == .refused)

                let changed = try await queues.setPenalty(7, of: interface, in: "members")
                #expect(changed.map(\.member.penalty) == [7])
                #expect(try console("members").contains("penalty 7"))
                #expect(try await Live.code { _ = try await queues.setPenalty(-1, of: interface) } == .invalid)

                try await queues.remove(interface, from: "members")
                #expect(try !console("members").contains("Ülkü"))
                #expect(try await Live.code { try await queues.remove(interface, from: "members") } == .refused)
                let log = try await Live.eventually("queue_log has both") {
                    let log = try Live.queueLog("|members|", member.name, "MEMBER|")
                    return log.count >= 2 ? log : nil
                }
                #expect(log.map { $0.split(separator: "|")[4] } == ["ADDMEMBER", "REMOVEMEMBER"])
            }
        }

        @Test func `a pause in one queue or in all`() async throws {
            try await Live.with { client in
                let queues = QueueControl(client)
                let interface = "Local/agent-2@phones"
                for queue in ["pauses", "pauses2"] {
                    _ = try await queues.add(interface, to: queue, name: "Bob")
                }
                let one = try await queues.pause(interface, in: "pauses", isPaused: true, reason: "lunch")
                #expect(one.map(\.queue) == ["pauses"])
                #expect(one.first?.member.pausedReason == "lunch")
                #expect(try console("pauses").contains("paused:lunch"))
                #expect(try !console("pauses2").contains("paused"))

                let all = try await queues.pause(interface, isPaused: true, reason: "training")
                #expect(Set(all.map(\.queue)) == ["pauses", "pauses2"])
                #expect(all.allSatisfy { $0.member.isPaused })
                let none = try await queues.pause(interface, isPaused: false)
                #expect(none.allSatisfy { !$0.member.isPaused })
                _ = try await Live.eventually("queue_log has the pauses") {
                    try Live.queueLog("|pauses|Bob|PAUSE|lunch").isEmpty
                        || Live.queueLog("|pauses2|Bob|UNPAUSE|").isEmpty ? nil : true
                }
                let unknown = try await Live.code {
                    _ = try await queues.pause("Local/nobody@phones", in: "pauses", isPaused: true)
                }
                #expect(unknown == .refused)
            }
        }

        @Test func `a caller who waits and gives up`() async throws {
            try await Live.with { client in
                let control = CallControl(client)
                let queues = QueueControl(client)
                let lostBefore = try await queues.status("waiting", at: 0)["waiting"]?.abandoned ?? 0
                var request = Live.call("wait", to: "waiting@queues")
                request.callerID = "\"Ann\" <4930777>"
                let outcome = try await control.originate(request)
                let board = try await Live.eventually("The caller waits.") {
                    let board = try await queues.status("waiting", at: 0)
                    return board["waiting"]?.callers.isEmpty ?? true ? nil : board["waiting"]
                }
                #expect(board.callers.map(\.number) == ["4930777"])
                #expect(board.callers.map(\.name) == ["Ann"])
                #expect(board.callers.map(\.uniqueid) == [outcome.channelID])
                #expect(board.strategy == "ringall" && board.serviceLevel == 10)
                let summary = try await queues.summary("waiting")
                #expect(summary.map(\.callers) == [1] && summary.map(\.loggedIn) == [0])

                try await control.hangup(try await control.resolve(outcome.channelID))
                let after = try await Live.eventually("The queue counts the caller as lost.") {
                    let queue = try await queues.status("waiting", at: 0)["waiting"]
                    return queue?.abandoned == lostBefore + 1 ? queue : nil
                }
                #expect(after.callers.isEmpty)
                _ = try await Live.eventually("queue_log has the abandon") {
                    try Live.queueLog(outcome.channelID, "|waiting|NONE|ABANDON|1|1|").first
                }
            }
        }

        @Test func `a queue that does not exist`() async throws {
            try await Live.with { client in
                let queues = QueueControl(client)
                try await queues.reload("board")
                #expect(try await Live.code { try await queues.reload("nowhere") } == .refused)
                #expect(try await Live.code { _ = try await queues.status("nowhere", at: 0) } == .refused)
                #expect(try await Live.code { _ = try await queues.summary("nowhere") } == .refused)
                #expect(try await Live.code { _ = try await queues.add("Local/a@phones", to: "nowhere") } == .refused)
            }
        }
    }
}
