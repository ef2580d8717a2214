import AMI
import AMIClient
import FoundationEssentials
import Switchboard
import Testing
import TestSupport

extension LiveTests {
    /// `events --exec` and `[call_events.NAME]` as the program runs them.
    @Suite(.enabled(if: StoreProgram.isBuilt, "the program is not beside the tests"))
    struct CallEventProgramTests {
        private struct Told: Decodable {
            struct Agent: Decodable { var agent: String? }

            var event: String, id: String, linkedid: String
            var agent: String?, queue: String?, outcome: String?, reason: String?
            var answered_by: Agent?
            var wait_s: Int?, talk_s: Int?

            var line: String {
                [event, agent, outcome, reason, answered_by?.agent.map { "by \($0)" }].compactMap { $0 }
                    .joined(separator: " ")
            }
        }

        /// What the file says of one call.
        private func told(_ path: String, of id: String) throws -> [Told] {
            try TestAsterisk.text(of: path).split(separator: "\n")
                .map { try JSONDecoder().decode(Told.self, from: Data($0.utf8)) }.filter { $0.linkedid == id }
        }

        /// A caller who is connected to Bob while Ann's phone rings, and then one who gives up while Ann's rings.
        private func calls(_ queue: String, _ answered: String, _ lost: String, isOver: () throws -> Bool) async throws
        {
            try await Live.with { client in
                let (queues, control) = (QueueControl(client), CallControl(client))
                _ = try await queues.add("Local/ring@phones", to: queue, name: "Ann")
                _ = try await queues.add("Local/agent-\(queue)@phones", to: queue, name: "Bob")
                var request = Live.call("wait", to: "\(queue)@queues", id: answered, wait: .done)
                request.callerID = "<4930777>"
                #expect(try await control.originate(request).status == .done)
                try await queues.remove("Local/agent-\(queue)@phones", from: queue)
                request = Live.call("wait", to: "\(queue)@queues", id: lost)
                request.callerID = "<4930777>"
                _ = try await control.originate(request)
                _ = try await Live.eventually("Ann's phone rings.") {
                    try await control.channels().contains { $0.name.hasPrefix("Local/ring@phones") } ? true : nil
                }
                try await Task.sleep(for: .milliseconds(1200))
                try await control.hangup(try await control.resolve(lost))
                _ = try await Live.eventually("The end of both calls is told.", within: .seconds(20)) {
                    try isOver() ? true : nil
                }
                try await queues.remove("Local/ring@phones", from: queue)
            }
        }

        private func check(_ path: String, _ answered: String, _ lost: String) throws {
            let first = try told(path, of: answered)
            #expect(
                Set(first.map(\.line)) == [
                    "call.ringing", "pop.open Ann", "pop.open Bob", "call.answered Bob",
                    "pop.close Ann answered_elsewhere by Bob", "pop.close Bob answered by Bob",
                    "call.ended Bob answered",
                ]
            )
            #expect(first.count == 7 && Set(first.map(\.id)).count == 7)
            let end = first.first { $0.event == "call.ended" }
            #expect(end?.talk_s == 1 && (0...2).contains(end?.wait_s ?? -1))
            let second = try told(path, of: lost)
            #expect(
                Set(second.map(\.line)) == [
                    "call.ringing", "pop.open Ann", "pop.close Ann abandoned", "call.lost", "call.ended lost",
                ]
            )
            #expect(second.count == 5)
        }

        @Test func `one of two agents answers, and a caller gives up`() async throws {
            let program = try LiveProgram(user: "watcher")
            let ids = ["crm-rung-\(UInt32.random(in: 0...(.max)))", "crm-gone-\(UInt32.random(in: 0...(.max)))"]
            let (shown, ran) = (program.folder + "/shown", program.folder + "/ran")
            _ = try program.shell(
                """
                printf '#!/bin/sh\\nexec cat >>%s\\n' "$F/ran" >"$F/take"; chmod 700 "$F/take"
                { crm-voip events --exec "$F/take" --exec-parallel 1 2>"$F/err" & echo $! >"$F/pid"
                    wait $!; echo $? >"$F/status"; } >"$F/shown" &
                """
            )
            try await Live.eventually("It is logged in.", within: .seconds(20)) {
                try TestAsterisk.shared().console("manager show connected").contains("watcher ") ? true : nil
            }
            try await Task.sleep(for: .milliseconds(500))
            try await calls("rung", ids[0], ids[1]) {
                try ids.allSatisfy { try told(ran, of: $0).contains { $0.event == "call.ended" } }
            }
            let result = try program.shell(
                """
                kill -TERM $(cat "$F/pid")
                for n in $(seq 100); do [ -s "$F/status" ] && break; sleep 0.1; done
                cat "$F/err" >&2; (exit $(cat "$F/status" 2>/dev/null || echo 99))
                """
            )
            #expect(result.errors.contains("0 dropped"), "\(result.errors)")
            try check(shown, ids[0], ids[1])
            try check(ran, ids[0], ids[1])
        }

        @Test func `a receiver is told of each event`() async throws {
            let program = try LiveProgram()
            let ids = ["crm-told-\(UInt32.random(in: 0...(.max)))", "crm-left-\(UInt32.random(in: 0...(.max)))"]
            _ = try program.shell(
                """
                printf '%s' "$1" >"$F/calls.toml"; chmod 600 "$F/calls.toml"
                { CRM_VOIP_CONFIG="$F/calls.toml" crm-voip alerts run 2>"$F/err" & echo $! >"$F/pid"
                    wait $!; echo $? >"$F/status"; } >/dev/null &
                """,
                [
                    """
                    [alerts.receivers.log]
                    type = "command"
                    command = ["/bin/sh", "-c", "cat >>\(program.folder)/told"]

                    [call_events.log]
                    receivers = ["log"]
                    events = ["call.ringing", "call.answered", "call.ended", "call.lost", "pop.open", "pop.close"]
                    queues = ["told*"]
                    """
                ]
            )
            // It follows the calls once it has listed them.
            try await Live.eventually("It is logged in.", within: .seconds(20)) {
                try TestAsterisk.shared().console("manager show connected").contains("full ") ? true : nil
            }
            try await Task.sleep(for: .seconds(2))
            let path = program.folder + "/told"
            try await calls("told", ids[0], ids[1]) {
                try ids.allSatisfy { try told(path, of: $0).contains { $0.event == "call.ended" } }
            }
            let result = try program.shell(
                """
                kill -TERM $(cat "$F/pid")
                for n in $(seq 100); do [ -s "$F/status" ] && break; sleep 0.1; done
                cat "$F/err" >&2; (exit $(cat "$F/status" 2>/dev/null || echo 99))
                """
            )
            #expect(result.status == 0, "\(result.errors)")
            try check(path, ids[0], ids[1])
        }
    }
}
