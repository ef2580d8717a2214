import AMIClient
import Switchboard
import Testing
import TestSupport

extension LiveTests {
    /// Requests made by the program: dial guard, audit log, exit status and JSON.
    @Suite(.enabled(if: StoreProgram.isBuilt, "the program is not beside the tests"))
    struct OrderProgramTests {
        /// A request, and what its refusal must contain.
        @Test func `every order that dials is checked, and every refusal is one line with its reason`() async throws {
            let program = try LiveProgram()
            try await Live.with { client in
                let control = CallControl(client)
                let call = try await Live.conversation(control)
                let (first, second) = (call.first.name, call.second.name)
                let abroad = "00442071234567"
                let orders: [(command: String, arguments: [String], target: String)] = [
                    ("originate", ["originate", "Local/answer@phones", abroad], abroad),
                    ("transfer", ["transfer", second, abroad], abroad),
                    ("transfer --attended", ["transfer", second, abroad, "--attended"], abroad),
                    ("transfer --redirect", ["transfer", first, abroad, "--redirect"], abroad),
                    (
                        "transfer --redirect", ["transfer", first, "400", "--redirect", "--with", second, abroad],
                        abroad
                    ),
                    ("dtmf", ["dtmf", first, "*72\(abroad)#"], "*72\(abroad)#"),
                    ("queue add", ["queue", "add", "members", "Local/\(abroad)@phones"], abroad),
                    ("spy", ["spy", "Local/echo@phones", first], "Local/echo@phones"),
                ]
                for order in orders {
                    let before = try program.audit(order.command).count
                    let result = try program.shell("crm-voip \"$@\"", order.arguments)
                    #expect(result.status == 77, "\(order.arguments): \(result.errors)")
                    let lines = try program.audit(order.command).dropFirst(before)
                    #expect(lines.count == 1, "\(order.arguments)")
                    let line = try #require(lines.first)
                    #expect(line["decision"] == "refused" && line["outcome"] == "refused")
                    #expect(line["reason"]?.contains("dial guard") ?? false)
                    #expect(line["target"]?.contains(order.target) ?? false)
                    #expect(line["ami_user"] == "full" && line["user"] == "root" && line["pbx"] == "main")
                }
                // None of it reached the PBX: the two are still talking.
                let now = try await control.channels().filter { $0.bridgeID == call.first.bridgeID }
                #expect(Set(now.map(\.uniqueid)) == [call.first.uniqueid, call.second.uniqueid])
            }
        }

        @Test func `every change has a result in JSON and one outcome in the audit log`() async throws {
            let program = try LiveProgram(user: "full", ["CRM_VOIP_PBX_MAIN_DIAL_GUARD_SPY": "Local/echo@phones*"])
            try await Live.with { client in
                let control = CallControl(client)
                var calls: [Live.Conversation] = []
                for _ in 0..<4 { calls.append(try await Live.conversation(control)) }
                let first = calls.map(\.first.name)
                let member = "Local/agent-json@phones"
                let orders: [[String]] = [
                    ["dtmf", first[0], "1"], ["spy", "Local/echo@phones/n", first[0]], ["bridge", first[0], first[1]],
                    ["transfer", first[2], "400", "--redirect"], ["park", first[3]], ["hangup", first[3]],
                    ["queue", "add", "members", member], ["queue", "pause", member, "--reason", "lunch"],
                    ["queue", "unpause", member], ["queue", "penalty", member, "3"],
                    ["queue", "remove", "members", member], ["queue", "reload", "members"],
                    ["originate", "Local/answer@phones/n", "--application", "Wait", "--data", "1"],
                ]
                for order in orders {
                    let result = try program.shell("crm-voip \"$@\" --json", order)
                    #expect(result.status == 0, "\(order): \(result.errors)")
                    #expect(!result.json.isEmpty || result.output.hasPrefix("{"), "\(order): \(result.output)")
                    #expect(result.output.contains("\"status\""), "\(order): \(result.output)")
                    let command = order[0] == "queue" ? "queue \(order[1])" : order[0]
                    let name = order.contains("--redirect") ? "transfer --redirect" : command
                    let lines = try program.audit(name)
                    #expect(lines.count == 2 && Set(lines.map { $0["id"] }).count == 1, "\(order)")
                    #expect(lines.allSatisfy { $0["decision"] == "admitted" })
                    #expect(lines.last?["outcome"] != nil && lines.first?["outcome"] == nil)
                }
                let audit = try program.run("audit", "--json", "--from", "2020-01-01T00:00:00Z")
                #expect(audit.status == 0)
                #expect(audit.output.split(separator: "\"ami_user\"").count == orders.count + 1)
            }
        }

        @Test func `a failed order says so in its line`() async throws {
            let program = try LiveProgram()
            try await Live.with { client in
                let control = CallControl(client)
                let call = try await Live.conversation(control)
                let result = try program.run("transfer", call.second.name, "nowhere", "--json")
                #expect(result.status == 1 && result.errors.contains("no extension nowhere"))
                let line = try #require(try program.audit("transfer").last)
                #expect(line["outcome"] == "failed" && line["reason"]?.contains("no extension nowhere") ?? false)
                let busy = try program.run("originate", "Local/busy@phones/n", "400", "--context", "phones", "--json")
                #expect(busy.status == 10 && busy.json["status"] == "busy")
                #expect(try program.audit("originate").last?["outcome"] == "busy")
                // Nobody is lost.
                #expect(try await control.channels().contains { $0.uniqueid == call.first.uniqueid })
            }
        }

        @Test func `five orders with one id make one call, and four are told so`() async throws {
            let program = try LiveProgram()
            let id = "crm-five-\(UInt32.random(in: 0...(.max)))"
            let one = "crm-voip originate Local/answer@phones/n dial-answer --context phones --channel-id \(id)"
            let result = try program.shell("for n in 1 2 3 4 5; do { \(one) >/dev/null; echo $?; } & done; wait")
            #expect(result.output.split(separator: "\n").sorted() == ["0", "1", "1", "1", "1"], "\(result.errors)")
            #expect(result.errors.split(separator: "\n").count { $0.contains("already exists") } == 4)
        }
    }
}
