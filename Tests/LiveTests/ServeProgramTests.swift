import AMIClient
import FoundationEssentials
import Switchboard
import Testing
import TestSupport

extension LiveTests {
    /// `serve` as the program runs it, on a real PBX.
    @Suite(.enabled(if: StoreProgram.isBuilt, "the program is not beside the tests"))
    struct ServeProgramTests {
        private struct Queues: Decodable {
            struct Queue: Decodable {
                struct Member: Decodable {
                    var name: String, interface: String, state: String?
                    var paused: Bool
                    var paused_reason: String
                    var calls_taken: Int
                }
                struct Day: Decodable { var offered: Int, answered: Int, lost: Int }

                var queue: String
                var members: [Member]
                var today: Day?
            }

            var queues: [Queue]

            func member(_ interface: String, of queue: String) -> Queue.Member? {
                queues.first { $0.queue == queue }?.members.first { $0.interface == interface }
            }
        }

        /// Starts the server, passes on a way to query it, and ends it with one SIGTERM.
        private func served(_ body: (LiveProgram) async throws -> Void) async throws -> LiveProgram.Result {
            let program = try LiveProgram()
            _ = try program.shell(
                """
                { crm-voip serve --listen 127.0.0.1:0 --open-role lead 2>"$F/err" & echo $! >"$F/pid"
                    wait $!; echo $? >"$F/status"; } >/dev/null &
                for n in $(seq 200); do grep -q 'listens on' "$F/err" && break; sleep 0.1; done
                """
            )
            try await body(program)
            return try program.shell(
                """
                kill -TERM $(cat "$F/pid")
                for n in $(seq 100); do [ -s "$F/status" ] && break; sleep 0.1; done
                cat "$F/err" >&2; (exit $(cat "$F/status" 2>/dev/null || echo 99))
                """
            )
        }

        private func ask(_ program: LiveProgram, _ path: String) throws -> String {
            let result = try program.shell(
                """
                port=$(sed -n 's/^The server listens on 127.0.0.1:\\([0-9]*\\)\\.$/\\1/p' "$F/err")
                exec bash -c 'exec 3<>"/dev/tcp/127.0.0.1/$0"
                    printf "GET $1 HTTP/1.1\\r\\nHost: localhost\\r\\nConnection: close\\r\\n\\r\\n" >&3; cat <&3' "$port" "$1"
                """,
                [path]
            )
            let end = result.output.firstRange(of: "\r\n\r\n")?.upperBound
            return end.map { String(result.output[$0...]) } ?? ""
        }

        private func queues(_ program: LiveProgram) throws -> Queues? {
            try? JSONDecoder().decode(Queues.self, from: Data(try ask(program, "/api/v1/queues").utf8))
        }

        @Test func `the board follows members, pauses and calls, and agrees with queue status`() async throws {
            let interface = "Local/agent-served@phones"
            let result = try await served { program in
                _ = try await Live.eventually("The PBX is connected.", within: .seconds(20)) {
                    try ask(program, "/readyz") == "ready\n" ? true : nil
                }
                try await Live.with { client in
                    let control = QueueControl(client)
                    _ = try await control.add(interface, to: "pauses2", name: "Vera")
                    _ = try await Live.eventually("The new member is on the board.") {
                        try queues(program)?.member(interface, of: "pauses2")
                    }
                    _ = try await control.pause(interface, in: "pauses2", isPaused: true, reason: "lunch")
                    let paused = try await Live.eventually("The pause is on the board.") {
                        try queues(program)?.member(interface, of: "pauses2").flatMap { $0.paused ? $0 : nil }
                    }
                    #expect(paused.paused_reason == "lunch" && paused.name == "Vera" && paused.state == "paused")
                    _ = try await control.pause(interface, in: "pauses2", isPaused: false)
                    let before = try queues(program)?.queues.first { $0.queue == "pauses2" }?.today
                    let call = Live.call(
                        "wait",
                        to: "pauses2@queues",
                        id: "crm-\(UInt32.random(in: 0...(.max)))",
                        wait: .done
                    )
                    let outcome = try await CallControl(client).originate(call)
                    #expect(outcome.status == .done, "\(outcome.detail)")
                    let after = try await Live.eventually("The call counts as one visit.") {
                        try queues(program)?.queues.first { $0.queue == "pauses2" }?.today.flatMap { day in
                            day.answered > before?.answered ?? 0 ? day : nil
                        }
                    }
                    #expect(
                        after.offered == (before?.offered ?? 0) + 1 && after.answered == (before?.answered ?? 0) + 1
                    )
                    // The PBX counts a moment after it reports the end. The board reads the counters only every 30
                    // seconds.
                    _ = try await Live.eventually("Board and queue status agree.", within: .seconds(40)) {
                        let status = try program.run("queue", "status", "pauses2", "--json")
                        let told = try JSONDecoder().decode([Queues.Queue].self, from: Data(status.output.utf8))
                        let shown = try queues(program)?.queues.first { $0.queue == "pauses2" }
                        let counts = told.first?.members.map(\.calls_taken)
                        return counts != nil && counts == shown?.members.map(\.calls_taken) ? true : nil
                    }
                    try await control.remove(interface, from: "pauses2")
                    _ = try await Live.eventually("The member is gone.") {
                        try queues(program)?.member(interface, of: "pauses2") == nil ? true : nil
                    }
                }
            }
            #expect(result.status == 0, "\(result.errors)")
        }
    }
}
