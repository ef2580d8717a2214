import Postgres
import Testing
import TestSupport

/// The log has an agent's name in CONNECT and the interface in ADDMEMBER; the legs show that both are the same agent.
@Suite(.enabled(if: TestPostgres.shared != nil, "\(TestPostgres.reasonForAbsence)"))
struct AgentNamesTests {
    /// Alice answers in `sales` and transfers the caller to `support`, where Bob answers. After that, Alice has more
    /// calls, and Bob has none.
    static let legs: [Line] = {
        let transferred = Line("\(noon).1", sequence: 1).with {
            ($0.lastapp, $0.lastdata, $0.dst) = ("Queue", "sales,t", "401")
            ($0.duration, $0.billsec) = (30, 30)
        }
        let taken = Line("\(noon).1", sequence: 2, start: noon + 30).with {
            ($0.lastapp, $0.lastdata, $0.dst) = ("Queue", "support,t", "400")
            ($0.dstchannel, $0.duration, $0.billsec) = ("PJSIP/102-00000003", 60, 60)
        }
        return [transferred, taken]
            + later.map { at in
                Line("\(at).1", sequence: Int(at - noon)).with {
                    ($0.lastapp, $0.lastdata, $0.dst) = ("Queue", "sales,t", "401")
                    ($0.duration, $0.billsec) = (30, 30)
                }
            }
    }()
    static let later = (Int64(1)...9).map { noon + 600 * $0 }
    static let log = """
        \(noon - 60)|MANAGER|support|PJSIP/102|ADDMEMBER|
        \(noon)|\(noon).1|sales|NONE|ENTERQUEUE||79160000001|1
        \(noon + 5)|\(noon).1|sales|Alice|CONNECT|5|\(noon).2|4
        \(noon + 30)|\(noon).1|sales|Alice|BLINDTRANSFER|400|ext-queues|5|25|1
        \(noon + 30)|\(noon).1|support|NONE|ENTERQUEUE||79160000001|1
        \(noon + 40)|\(noon).1|support|Bob|CONNECT|10|\(noon + 30).3|9
        \(noon + 90)|\(noon).1|support|Bob|COMPLETECALLER|10|50|1
        \(noon + 600)|MANAGER|support|PJSIP/102|REMOVEMEMBER|

        """
    static let laterLog = later.map { at in
        """
        \(at)|\(at).1|sales|NONE|ENTERQUEUE||79160000002|1
        \(at + 5)|\(at).1|sales|Alice|CONNECT|5|u|4
        \(at + 30)|\(at).1|sales|Alice|COMPLETECALLER|5|25|1

        """
    }.joined()

    @Test func `the second agent of a call is also known by the phone`() async throws {
        try await Bench.with { bench in
            let csv = try bench.write(Self.legs.csv, to: "Master.csv")
            try bench.run([csv], queueLog: [bench.write(Self.log + Self.laterLog, to: "queue_log")])
            #expect(
                try bench.connection.texts("select agent || ' ' || interface from voip.agent order by agent")
                    == ["Alice PJSIP/101", "Bob PJSIP/102"]
            )
            #expect(
                try bench.connection.texts(
                    "select agent || ' ' || kind || ' ' || extract(epoch from ended_at - started_at)::int from voip.agent_session"
                ) == ["Bob membership 660"]
            )
        }
    }

    @Test func `a phone's sessions follow it to its new agent`() async throws {
        func call(_ at: Int64, _ agent: String) -> (leg: String, log: String) {
            let leg = Line("\(at).1", sequence: Int(at - noon)).with {
                ($0.lastapp, $0.lastdata, $0.dst) = ("Queue", "sales,t", "401")
                ($0.duration, $0.billsec) = (30, 30)
            }
            let log = """
                \(at)|\(at).1|sales|NONE|ENTERQUEUE||79160000002|1
                \(at + 5)|\(at).1|sales|\(agent)|CONNECT|5|u|4
                \(at + 30)|\(at).1|sales|\(agent)|COMPLETECALLER|5|25|1

                """
            return (leg.csv, log)
        }
        let members = """
            \(noon - 60)|MANAGER|sales|PJSIP/101|ADDMEMBER|
            \(noon + 900)|MANAGER|sales|PJSIP/101|REMOVEMEMBER|

            """
        let sessions =
            "select agent || ' ' || extract(epoch from ended_at - started_at)::int from voip.agent_session order by 1"
        try await Bench.with { bench in
            for (agent, at) in [("Alice", noon), ("Anna", noon + 600)] {
                let (leg, log) = call(at, agent)
                let csv = try bench.write(leg, to: "\(agent).csv")
                try bench.run([csv], queueLog: [bench.write(members + log, to: agent)])
                #expect(try bench.connection.texts(sessions) == ["\(agent) 960"])
            }
        }
    }
}
