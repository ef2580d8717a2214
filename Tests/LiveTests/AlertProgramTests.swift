import AMIClient
import FoundationEssentials
import Switchboard
import Testing
import TestSupport

extension LiveTests {
    /// `alerts run` as the program runs it, on a real PBX.
    @Suite(.enabled(if: StoreProgram.isBuilt, "the program is not beside the tests"))
    struct AlertProgramTests {
        private struct Listed: Decodable {
            struct Alert: Decodable {
                var state: String, rule: String, summary: String, since: String
                var labels: [String: String]
                var causes: [String]
                var callers: [String]
            }

            var alerts: [Alert]
        }

        private static let rules = """
            [alerts]
            group_wait = 0
            default_receivers = ["log"]

            [alerts.receivers.log]
            type = "command"
            command = ["/bin/sh", "-c", "cat >>FOLDER/told; echo >>FOLDER/told"]

            [alerts.rules.long-wait]
            measure = "queue_wait"
            range = "2"
            queues = ["alerted"]

            [alerts.rules.pause]
            measure = "agent_pause"
            range = "2"
            agents = ["Wera"]
            """

        private func list(_ program: LiveProgram) throws -> [Listed.Alert] {
            let result = try program.shell("CRM_VOIP_CONFIG=\"$F/alerts.toml\" crm-voip alerts list --json")
            return try JSONDecoder().decode(Listed.self, from: Data(result.output.utf8)).alerts
        }

        private func running(_ body: (LiveProgram) async throws -> Void) async throws -> LiveProgram.Result {
            let program = try LiveProgram()
            _ = try program.shell(
                """
                printf '%s' "$1" >"$F/alerts.toml"; chmod 600 "$F/alerts.toml"
                { CRM_VOIP_CONFIG="$F/alerts.toml" crm-voip alerts run 2>"$F/err" & echo $! >"$F/pid"
                    wait $!; echo $? >"$F/status"; } >/dev/null &
                for n in $(seq 200); do grep -q 'Evaluating' "$F/err" && break; sleep 0.1; done
                """,
                [Self.rules.replacing("FOLDER", with: program.folder)]
            )
            try await body(program)
            // The program tells the receiver of everything before it is asked to end.
            _ = try await Live.eventually("All four messages are delivered.") {
                TestAsterisk.text(of: program.folder + "/told").split(separator: "\n").count == 4 ? true : nil
            }
            return try program.shell(
                """
                kill -TERM $(cat "$F/pid")
                for n in $(seq 100); do [ -s "$F/status" ] && break; sleep 0.1; done
                cat "$F/err" >&2; cat "$F/told"; (exit $(cat "$F/status" 2>/dev/null || echo 99))
                """
            )
        }

        @Test func `a caller who waits and an agent who pauses raise alerts with causes, which end with them`()
            async throws
        {
            let interface = "Local/agent-alerted@phones"
            let result = try await running { program in
                try await Live.with { client in
                    let control = QueueControl(client)
                    _ = try await control.add(interface, to: "alerted", name: "Wera")
                    _ = try await control.pause(interface, in: "alerted", isPaused: true, reason: "lunch")
                    let pause = try await Live.eventually("The pause is an alert.") {
                        try list(program).first { $0.rule == "pause" && $0.state == "firing" }
                    }
                    #expect(pause.labels == ["pbx": "main", "agent": "Wera"])
                    #expect(pause.summary.hasPrefix("Wera has been paused (lunch) for 0:0"))
                    let call = Live.call("wait", to: "alerted@queues", wait: .done)
                    async let caller = CallControl(client).originate(call)
                    let wait = try await Live.eventually("The caller is an alert.", within: .seconds(20)) {
                        try list(program).first { $0.rule == "long-wait" && $0.state == "firing" }
                    }
                    #expect(wait.labels == ["pbx": "main", "queue": "alerted"])
                    #expect(wait.causes == ["The only agent is paused (1 for lunch)."])
                    #expect(wait.callers.count == 1)
                    _ = try await control.pause(interface, in: "alerted", isPaused: false)
                    _ = try await caller
                    _ = try await Live.eventually("Both alerts are over.", within: .seconds(20)) {
                        try list(program).isEmpty ? true : nil
                    }
                    try await control.remove(interface, from: "alerted")
                }
            }
            #expect(result.status == 0, "\(result.errors)")
            #expect(result.errors.contains("Alert pause: Wera has been paused (lunch)"), "\(result.errors)")
            // Each alert is one message when it fires, and one when it is over.
            let told = result.output.split(separator: "\n")
            for rule in ["pause", "long-wait"] {
                let about = told.filter { $0.contains("\"alertname\":\"\(rule)\"") }
                #expect(about.count { $0.contains("\"status\":\"firing\"") } == 1, "\(result.output)\(result.errors)")
                #expect(about.count { !$0.contains("\"status\":\"firing\"") } == 1, "\(result.output)")
            }
            #expect(result.errors.contains("Alert long-wait is over: The longest"), "\(result.errors)")
            #expect(result.errors.contains("Alert pause is over: Wera has been paused (lunch)"), "\(result.errors)")
        }
    }
}
