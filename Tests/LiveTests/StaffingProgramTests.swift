import AMIClient
import FoundationEssentials
import Switchboard
import TestSupport
import Testing

extension LiveTests {
    /// Rules for staffing as `alerts run` follows them, on a real PBX.
    @Suite(.enabled(if: StoreProgram.isBuilt, "the program is not beside the tests"))
    struct StaffingProgramTests {
        private static let rules = """
            [staffing.reserve]
            enabled = true
            queue = "staffed"
            members = ["Local/staffed-busy@phones Nobody", "Local/agent-staffed@phones Erik"]
            measure = "queue_wait"
            range = "3"
            clear = "1"
            keep = 3
            every = 1
            least_time = 4
            """
        private static let erik = "Local/agent-staffed@phones"
        private static let zoe = "Local/stay@phones"

        private func start(_ program: LiveProgram) throws {
            _ = try program.shell(
                """
                printf '%s' "$1" >"$F/staffing.toml"; chmod 600 "$F/staffing.toml"; : >"$F/err"
                CRM_VOIP_CONFIG="$F/staffing.toml" crm-voip alerts run >/dev/null 2>"$F/err" & echo $! >"$F/pid"
                for n in $(seq 200); do grep -q 'Evaluating' "$F/err" && break; sleep 0.1; done
                """,
                [Self.rules]
            )
        }

        private func end(_ program: LiveProgram, _ signal: String) throws {
            _ = try program.shell(
                """
                kill -\(signal) $(cat "$F/pid")
                for n in $(seq 100); do kill -0 $(cat "$F/pid") 2>/dev/null || break; sleep 0.1; done
                """
            )
        }

        private func names(_ control: QueueControl) async throws -> Set<String> {
            Set(try await control.status("staffed").queues[0].members.map(\.name))
        }

        @Test func `a caller who waits gets an agent, who is taken out after a kill and a restart; another stays`()
            async throws
        {
            let program = try LiveProgram()
            try await Live.with { client in
                let control = QueueControl(client)
                _ = try await control.add(Self.zoe, to: "staffed", name: "Zoe", isPaused: true)
                try start(program)
                async let caller = CallControl(client).originate(Live.call("wait", to: "staffed@queues", wait: .done))
                _ = try await Live.eventually("The rule adds Erik.") {
                    try await names(control).contains("Erik") ? true : nil
                }
                try end(program, "KILL")
                let shown = try program.shell("CRM_VOIP_CONFIG=\"$F/staffing.toml\" crm-voip staffing list --json")
                #expect(shown.output.contains("\"name\": \"Erik\""), "\(shown.output)\(shown.errors)")
                try start(program)
                _ = try await caller
                _ = try await Live.eventually("The rule removes Erik.") {
                    try await names(control) == ["Zoe"] ? true : nil
                }
                try end(program, "TERM")
                try await control.remove(Self.zoe, from: "staffed")
            }
            let (added, removed) = (try program.audit("queue add"), try program.audit("queue remove"))
            #expect(added.compactMap { $0["outcome"] } == ["done"] && removed.compactMap { $0["outcome"] } == ["done"])
            for record in added + removed {
                #expect(record["user"] == "staffing:reserve" && record["target"]?.hasPrefix(Self.erik) ?? false)
            }
        }
    }
}
