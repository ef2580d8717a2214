import AMI
import AMIClient
import Switchboard
import Testing
import TestSupport

extension LiveTests {
    /// `events` as the program runs it.
    @Suite(.enabled(if: StoreProgram.isBuilt, "the program is not beside the tests"))
    struct EventProgramTests {
        /// Runs `events` in the background while `body` does something, and ends it with one SIGTERM.
        private func during(
            _ program: LiveProgram,
            _ arguments: String,
            reader: String = "cat",
            _ body: () async throws -> Void
        ) async throws -> LiveProgram.Result {
            _ = try program.shell(
                """
                { crm-voip events \(arguments) 2>"$F/err" & echo $! >"$F/pid"; wait $!; echo $? >"$F/status"; } \\
                    | \(reader) >"$F/shown" &
                """
            )
            try await Live.eventually("It is logged in.", within: .seconds(20)) {
                let users = try TestAsterisk.shared().console("manager show connected")
                return users.contains("watcher ") ? true : nil
            }
            // Its queries to the PBX follow the login.
            try await Task.sleep(for: .milliseconds(500))
            try await body()
            return try program.shell(
                """
                kill -TERM $(cat "$F/pid")
                for n in $(seq 100); do [ -s "$F/status" ] && break; sleep 0.1; done
                cat "$F/shown"; cat "$F/err" >&2; (exit $(cat "$F/status" 2>/dev/null || echo 99))
                """
            )
        }

        private func visit(_ queue: String, _ id: String) async throws {
            try await Live.with { client in
                _ = try await QueueControl(client).add("Local/agent-\(queue)@phones", to: queue, name: "Eve")
                let request = Live.call("wait", to: "\(queue)@queues", id: id, wait: .done)
                let outcome = try await CallControl(client).originate(request)
                #expect(outcome.status == .done, "\(outcome.detail)")
            }
        }

        @Test func `the events shown do not decide which ones are kept`() async throws {
            let program = try LiveProgram(user: "watcher")
            let id = "crm-kept-\(UInt32.random(in: 0...(.max)))"
            let result = try await during(
                program,
                "--json --filter Hangup --record \(program.folder)/record --queue-log \(program.folder)/queue_log"
            ) {
                try await visit("pauses2", id)
                // The PBX reports the end a moment after it logged it.
                _ = try await Live.eventually("The end of the call has come.") {
                    let record = TestAsterisk.text(of: program.folder + "/record")
                    let end = record.firstRange(of: "Event: AgentComplete")?.upperBound
                    let lines = TestAsterisk.text(of: program.folder + "/queue_log")
                    return end.map { record[$0...].contains("Event: Hangup") } ?? false
                        && lines.contains("|COMPLETE") ? true : nil
                }
            }
            let shown = result.output.split(separator: "\n")
            #expect(!shown.isEmpty && shown.allSatisfy { $0.hasPrefix(#"{"Event":"Hangup""#) })
            let made = TestAsterisk.text(of: program.folder + "/queue_log").split(separator: "\n")
                .filter { $0.contains("|\(id)|") }.map { $0.split(separator: "|")[4] }
            #expect(made == ["ENTERQUEUE", "CONNECT", "COMPLETEAGENT"])
            let record = TestAsterisk.text(of: program.folder + "/record")
            for name in ["Newchannel", "VarSet", "QueueCallerJoin", "AgentConnect", "AgentComplete", "Hangup"] {
                #expect(record.contains("Event: \(name)\r\n"), "\(name)")
            }
            #expect(result.errors.contains("0 dropped"))
        }

        @Test func `a caller who left unserved is written without a further event`() async throws {
            let program = try LiveProgram(user: "watcher")
            let id = "crm-left-\(UInt32.random(in: 0...(.max)))"
            // The class agent alone does not report that the channel ended.
            _ = try await during(program, "--classes agent --filter Nothing --queue-log \(program.folder)/queue_log") {
                try await Live.with { client in
                    let control = CallControl(client)
                    let request = Live.call("wait", to: "waiting@queues", id: id)
                    _ = try await control.originate(request)
                    try await Task.sleep(for: .milliseconds(1200))
                    try await control.hangup(try await control.resolve(id))
                }
            }
            let made = TestAsterisk.text(of: program.folder + "/queue_log").split(separator: "\n")
                .filter { $0.contains("|\(id)|") }.map { $0.split(separator: "|")[4] }
            #expect(made == ["ENTERQUEUE", "ABANDON"])
        }

        @Test func `a reader that stalls is ended by one signal`() async throws {
            let program = try LiveProgram(user: "watcher", ["CRM_VOIP_PBX_MAIN_AMI_EVENT_BUFFER": "100"])
            let result = try await during(program, "--json --strict", reader: "sleep 40") {
                // More than a pipe holds, and more than may be queued.
                try await Live.with { client in
                    let text = String(repeating: "x", count: 900)
                    for _ in 0..<1500 {
                        try await client.send(Action("UserEvent", .changes, ["UserEvent": "Flood", "Text": text]))
                    }
                }
            }
            // 1, because of --strict: events were dropped. Not 99, which means that it did not end.
            #expect(result.status == 1, "\(result.errors)")
            #expect(result.errors.contains(" dropped, 0 connections lost") && !result.errors.contains(" 0 dropped"))
        }

        @Test func `a user who may not read events is told so`() throws {
            let result = try LiveProgram(user: "none").run("events", "--seconds", "12")
            #expect(result.errors.contains("may not"), "\(result.errors)")
            #expect(result.output == "")
        }
    }
}
