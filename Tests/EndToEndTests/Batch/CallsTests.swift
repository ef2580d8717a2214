import FoundationEssentials
import Testing

/// `calls` and `call`: what administrators look up, on the sample's PBX.
@Suite(.enabled(if: Site.canRun, "\(Site.reason)"), .timeLimit(.minutes(10)))
struct CallsTests {
    private struct List: Decodable {
        struct Call: Decodable {
            var linkedid, pbx, started_at, direction, disposition: String
            var customer_e164, agent, queue, contact_name, recording_file: String?
            var talk_s: Int?
        }
        var schema_version: Int
        var timezone: String
        var calls: [Call]
        var has_more: Bool
    }

    private struct Story: Decodable {
        struct Step: Decodable {
            var at, kind, text: String
            var seconds: Int
        }
        struct Leg: Decodable { var uniqueid: String? }
        struct Event: Decodable { var event: String }
        struct Visit: Decodable {
            var queue, outcome: String
            var wait_s, talk_s: Int?
            var agent: String?
        }
        var schema_version: Int
        var call: List.Call
        var steps: [Step]
        var legs: [Leg]
        var queue_events: [Event]
        var visits: [Visit]
    }

    private func decode<Value: Decodable>(_ output: String) throws -> Value {
        try JSONDecoder().decode(Value.self, from: Data(output.utf8))
    }

    /// `grep lab-1795389423.0 queue_log Master.csv`: sales, Grigory after 1 s, the agent ends the talk of 11 s.
    @Test func `a call is found by any of its ids and shown in chronological order`() async throws {
        let site = try Site()
        #expect(try await site.shell(ETLTests.load).status == 0)
        // The linkedid, and the uniqueid of its last leg.
        for id in ["lab-1795389423.0", "lab-1795389423.3"] {
            let result = try await site.shell("crm-voip call \(id) --json")
            #expect(result.status == 0 && result.errors == "", "\(result.errors)")
            let story: Story = try decode(result.output)
            #expect(story.schema_version == 1 && story.call.linkedid == "lab-1795389423.0")
            #expect(story.call.customer_e164 == "+79161999941" && story.call.agent == "Grigory")
            #expect(story.call.direction == "inbound" && story.call.queue == "sales")
            #expect(Set(story.legs.compactMap(\.uniqueid)).isSuperset(of: ["lab-1795389423.0", "lab-1795389423.1"]))
            #expect(story.queue_events.map(\.event) == ["ENTERQUEUE", "CONNECT", "COMPLETEAGENT"])
            #expect(story.visits.count == 1 && story.visits.first?.outcome == "answered")
            #expect(story.visits.first?.wait_s == 1 && story.visits.first?.talk_s == 11)
            let told = story.steps.filter { !$0.kind.hasPrefix("leg_") }
            #expect(told.map(\.kind) == ["enterqueue", "connect", "completeagent"])
            #expect(told.map(\.seconds) == [0, 1, 12])
            #expect(story.steps.map(\.seconds) == story.steps.map(\.seconds).sorted())
        }
        let people = try await site.shell("COLUMNS=80 crm-voip call lab-1795389423.0")
        #expect(people.output.hasPrefix("Call lab-1795389423.0\n"))
        #expect(people.output.contains("Grigory answers in queue sales after 1 s"))
        #expect(people.output.split(separator: "\n").allSatisfy { $0.count <= 80 })
        let unknown = try await site.shell("crm-voip call lab-1.0")
        #expect(unknown.status == 1 && unknown.output == "" && unknown.errors.contains("lab-1.0"))
    }

    @Test func `calls are found by number in any spelling, by contact, agent, queue and time`() async throws {
        let site = try Site()
        #expect(try await site.shell(ETLTests.load).status == 0)
        // Found by hand: the linkedids in Master.csv whose src ends with these digits, newest first.
        let expected = ["lab-1795390876.2304", "lab-1795389524.158", "lab-1795389423.0"]
        for number in ["9161999941", "+7 (916) 199-99-41", "8-916-199-99-41", "1999941"] {
            let list: List = try await decode(site.shell("crm-voip calls --number '\(number)' --json").output)
            #expect(list.calls.map(\.linkedid) == expected, "\(number)")
        }
        let contact: List = try await decode(site.shell("crm-voip calls --contact contact:2 --json").output)
        #expect(!contact.calls.isEmpty && contact.calls.allSatisfy { $0.customer_e164 == "+79163530829" })
        let agent: List = try await decode(
            site.shell("crm-voip calls --agent grigory --queue SALES --limit 500 --json").output
        )
        #expect(!agent.calls.isEmpty && agent.calls.allSatisfy { $0.queue == "sales" })
        #expect(agent.calls.contains { $0.linkedid == "lab-1795389423.0" })
        let newest: List = try await decode(site.shell("crm-voip calls --limit 3 --json").output)
        #expect(newest.calls.count == 3 && newest.has_more)
        #expect(newest.calls.map(\.started_at) == newest.calls.map(\.started_at).sorted(by: >))
        let minute: List = try await decode(
            site.shell("crm-voip calls --from 2026-11-22T23:20 --to '2026-11-22 23:21' --direction inbound --json")
                .output
        )
        #expect(!minute.calls.isEmpty)
        #expect(minute.calls.allSatisfy { $0.started_at.hasPrefix("2026-11-22T23:20") && $0.direction == "inbound" })
        let busy: List = try await decode(site.shell("crm-voip calls --disposition busy --json").output)
        #expect(busy.calls.allSatisfy { $0.disposition == "busy" })
    }

    /// Three inbound calls: to 1000107 and phone 107; from 55512, which is not a telephone number, to 1000108 and phone
    /// 104; and from +79161999107 to the same.
    @Test(arguments: [
        ("107", ["1795000000.1"]),
        ("1000107", ["1795000000.1"]), ("+7 495 100-01-07", ["1795000000.1"]), ("84951000107", ["1795000000.1"]),
        ("1000108", ["1795000120.5", "1795000060.3"]),
        ("55512", ["1795000060.3"]), ("5512", ["1795000060.3"]),
        ("9107", ["1795000120.5"]), ("8 916 199-91-07", ["1795000120.5"]), ("1999107", ["1795000120.5"]),
        // As the end of a number, 0107 matches only one of ours; 9108 matches none.
        ("0107", ["1795000000.1"]), ("9108", []),
    ])
    func `a number is found in all forms in which the warehouse keeps it`(
        number: String,
        expected: [String]
    ) async throws {
        let site = try Site()
        func line(_ src: String, _ dst: String, _ phone: Int, _ minute: Int, _ id: String) -> String {
            let day = "2026-11-20 10:0\(minute)"
            return """
                "","\(src)","\(dst)","from-trunk","\(src)","PJSIP/trunk-0000000\(minute)","PJSIP/\(phone)-0000001\(minute)",\
                "Dial","PJSIP/\(phone)","\(day):00","\(day):05","\(day):15",15,10,"ANSWERED","DOCUMENTATION","\(id)","","",\
                "\(id)",\(minute)

                """
        }
        let lines = [
            line("84951234567", "1000107", 107, 0, "1795000000.1"), line("55512", "1000108", 104, 1, "1795000060.3"),
            line("89161999107", "1000108", 104, 2, "1795000120.5"),
        ]
        try site.write(lines.joined(), to: "Master.csv")
        #expect(try await site.shell("crm-voip etl --file \"$SITE/Master.csv\"").status == 0)
        let list: List = try await decode(site.shell("crm-voip calls --number '\(number)' --json").output)
        #expect(list.calls.map(\.linkedid) == expected)
    }

    @Test func `the list fits 80 columns, and CSV has the columns of JSON`() async throws {
        let site = try Site()
        #expect(try await site.shell(ETLTests.load).status == 0)
        let table = try await site.shell("COLUMNS=80 crm-voip calls")
        #expect(table.status == 0)
        let lines = table.output.split(separator: "\n")
        #expect(lines.count == 52 && lines.allSatisfy { $0.count <= 80 }, "\(table.output.prefix(400))")
        let csv = try await site.shell("crm-voip calls --csv --limit 2")
        let rows = csv.output.split(whereSeparator: \.isNewline)
        #expect(rows.count == 3 && rows[0].hasPrefix("call_id,pbx,linkedid,started_at,"))
        #expect(rows[0].split(separator: ",").count == 27)
    }

    @Test(arguments: [
        ("--queue suport", "did you mean support?"), ("--agent Grigori", "did you mean Grigory?"),
        ("--pbx nowhere", "nowhere"),
    ])
    func `a misspelt name is an error with a suggestion`(option: String, said: String) async throws {
        let site = try Site()
        #expect(try await site.shell(ETLTests.load).status == 0)
        let result = try await site.shell("crm-voip calls \(option)")
        #expect([64, 78].contains(result.status) && result.output == "")
        #expect(result.errors.contains(said), "\(result.errors)")
    }

    @Test func `a warehouse that was never loaded is named, and not made`() async throws {
        let site = try Site()
        for command in ["calls", "call 1.0"] {
            let result = try await site.shell("crm-voip \(command)")
            #expect(result.status == 66 && result.errors.contains("\(site.folder)/data"))
        }
        #expect(!FileManager.default.fileExists(atPath: "\(site.folder)/data"))
    }
}
