import Base
import CallRecords
import Pipeline
import Postgres
import Testing
import TestSupport

/// Later data replaces, joins and completes earlier data, and loses nothing.
@Suite(.enabled(if: TestPostgres.shared != nil, "\(TestPostgres.reasonForAbsence)"))
struct LaterVersionsTests {
    @Test func `a later version of a row replaces the earlier one`() async throws {
        try await Bench.with { bench in
            let first = Line("\(noon).1", sequence: 4)
            let other = Line("\(noon).9", sequence: 9)
            try bench.run([bench.write([first, other].csv, to: "1.csv")])
            let later = first.with {
                $0.billsec = 25
                $0.duration = 35
                $0.userfield = "survey: 5"
            }
            let result = try bench.run([bench.write([later, other].csv, to: "2.csv")])
            #expect(result.cdr?.updated == 1 && result.cdr?.unchanged == 1 && result.cdr?.inserted == 0)
            #expect(result.calls == 1)
            let rows = try bench.connection.texts(
                """
                select concat_ws('|', billsec_s, duration_s, userfield, extract(epoch from end_at)::bigint)
                from voip.cdr where leg_no = 4
                """
            )
            #expect(rows == ["25|35|survey: 5|\(noon + 35)"])
            #expect(try bench.connection.texts("select talk_s::text from voip.call order by linkedid") == ["25", "20"])
        }
    }

    @Test func `without a sequence the content decides, and the rest may change`() async throws {
        try await Bench.with { bench in
            let first = Line("\(noon).1", sequence: nil)
            try bench.run([bench.write([first].csv, to: "1.csv")])
            let result = try bench.run([bench.write([first.with { $0.userfield = "late" }].csv, to: "2.csv")])
            #expect(result.cdr?.updated == 1 && result.cdr?.inserted == 0)
            #expect(try bench.connection.texts("select userfield from voip.cdr") == ["late"])
        }
    }

    @Test func `a row that is written hours after its start is found by the next window`() async throws {
        try await Bench.with { bench in
            let short = Line("\(noon).1")
            let long = Line("\(noon - 60).7", sequence: 3).with { $0.duration = 3 * 3600 }
            let csv = try bench.write([short].csv, to: "Master.csv")
            let day = WindowRequest.days(1)
            try bench.run([csv]) { $0.window = day }
            _ = try bench.write([short, long].csv, to: "Master.csv")
            let result = try bench.run([csv]) { $0.window = day }
            #expect(result.cdr?.inserted == 1 && result.cdr?.unchanged == 1)
        }
    }

    /// Legs of three calls, and a fourth leg that shows that they are one: first A and B, then C, then all.
    @Test(arguments: [1, 2, 5000])
    func `calls that turn out to be one become one, over three runs`(batchRows: Int) async throws {
        try await Bench.with { bench in
            let (a, b, c) = ("\(noon).1", "\(noon + 10).2", "\(noon + 20).3")
            let unrelated = Line("\(noon + 5).99", sequence: 99)
            let legs = [Line(a, sequence: 1), Line(b, sequence: 2), Line(c, sequence: 3), unrelated]
            func load(_ lines: [Line], _ name: String) throws -> RunResult {
                try bench.run([bench.write(lines.csv, to: name)]) { $0.setBatchRows(batchRows) }
            }
            _ = try load(legs, "0.csv")
            #expect(try bench.connection.count("select count(*) from voip.call") == 4)
            // B's channel was bridged with A's.
            #expect(try load([Line(b, linkedid: a, sequence: 4, start: noon + 15)], "1.csv").calls == 1)
            #expect(try bench.connection.count("select count(*) from voip.call") == 3)
            #expect(try bench.connection.faults() == [])
            // C's leg arrives again, now with B's linkedid: a later version.
            #expect(try load([Line(c, linkedid: b, sequence: 3)], "2.csv").cdr?.updated == 1)
            #expect(try bench.connection.count("select count(*) from voip.call") == 2)
            #expect(try bench.connection.faults() == [])
            // A leg of a channel that nobody saw, under C's former linkedid.
            _ = try load([Line("\(noon + 40).50", linkedid: c, sequence: 50)], "3.csv")
            #expect(
                try bench.connection.texts("select linkedid || ' ' || legs from voip.call order by linkedid")
                    == ["\(a) 5", "\(unrelated.uniqueid) 1"]
            )
            #expect(try bench.connection.faults() == [])
            // Every id leads to it, as docs/identity.md says, and there is no alias where a leg says the same.
            for id in [a, b, c] {
                let found = try bench.connection.texts(
                    """
                    select linkedid from voip.call where call_id in (
                        select call_id from voip.cdr where uniqueid = '\(id)'
                        union select call_id from voip.call_alias where linkedid = '\(id)')
                    """
                )
                #expect(found == [a], "\(id)")
            }
            #expect(try bench.connection.count("select count(*) from voip.call_alias") == 0)
        }
    }

    @Test func `a linkedid that names no leg holds its legs together through memory, table and runs`() async throws {
        try await Bench.with { bench in
            // The first channel has no CDR (`unanswered=no`); its two children are far apart, with 300 others in
            // between.
            let parent = "\(noon).0"
            let first = Line("\(noon).1", linkedid: parent, sequence: 1)
            let second = Line("\(noon + 900).2", linkedid: parent, sequence: 2)
            let third = Line("\(noon + 1800).3", linkedid: parent, sequence: 3)
            let others = (0..<300).map { Line("\(noon + 1 + Int64($0)).\(1000 + $0)", sequence: 1000 + $0) }
            let csv = try bench.write(([first] + others + [second]).csv, to: "Master.csv")
            // Eight keys are remembered for each row of a batch: those of the first leg are forgotten long before the
            // second.
            try bench.run([csv]) { $0.setBatchRows(2) }
            #expect(
                try bench.connection.texts("select legs::text from voip.call where linkedid = '\(parent)'") == ["2"]
            )
            #expect(try bench.connection.count("select count(*) from voip.call") == 301)
            try bench.run([bench.write([third].csv, to: "later.csv")])
            #expect(
                try bench.connection.texts("select legs::text from voip.call where linkedid = '\(parent)'") == ["3"]
            )
            #expect(try bench.connection.faults() == [])
        }
    }

    @Test func `a linkedid that an old call gets during a run is kept, too`() async throws {
        try await Bench.with { bench in
            // The call is built from its first leg; the second, later in the run, adds a linkedid that no leg has.
            let parent = "\(noon + 5).0"
            let first = Line("\(noon).1", sequence: 1)
            let second = Line(first.uniqueid, linkedid: parent, sequence: 2, start: noon + 10)
            let third = Line("\(noon + 900).3", linkedid: parent, sequence: 3)
            let others = (0..<300).map { Line("\(noon + 11 + Int64($0)).\(1000 + $0)", sequence: 1000 + $0) }
            let lines = [first, others[0], others[1], second] + others.dropFirst(2) + [third]
            try bench.run([bench.write(lines.csv, to: "Master.csv")]) { $0.setBatchRows(2) }
            #expect(try bench.connection.texts("select legs::text from voip.call where legs > 1") == ["3"])
            #expect(try bench.connection.faults() == [])
        }
    }

    @Test func `a queue_log that comes after the legs completes their calls, and the other way round`() async throws {
        let legs = [
            Line("\(noon).1", sequence: 1).with {
                $0.lastapp = "Queue"
                $0.lastdata = "support,t"
                $0.dst = "400"
                $0.duration = 70
                $0.billsec = 70
            }
        ]
        let log = """
            \(noon + 1)|\(noon).1|support|NONE|ENTERQUEUE||79160000001|1
            \(noon + 13)|\(noon).1|support|Alice|CONNECT|12|\(noon + 5).2|4
            \(noon + 70)|\(noon).1|support|Alice|COMPLETECALLER|12|57|1

            """
        let members = """
            \(noon - 60)|MANAGER|support|PJSIP/101|ADDMEMBER|
            \(noon + 600)|MANAGER|support|PJSIP/101|REMOVEMEMBER|

            """
        let query = "select concat_ws('|', wait_s, talk_s, ring_s, agent, queue, queues, wait_source) from voip.call"
        let sessions =
            "select agent || ' ' || kind || ' ' || extract(epoch from ended_at - started_at)::int from voip.agent_session"
        for legsFirst in [true, false] {
            try await Bench.with { bench in
                let csv = try bench.write(legs.csv, to: "Master.csv")
                let queueLog = try bench.write(log, to: "queue_log")
                try bench.run(queueLog: [bench.write(members, to: "members")])
                #expect(try bench.connection.texts(sessions) == ["PJSIP/101 membership 660"])
                if legsFirst {
                    try bench.run([csv])
                    #expect(try bench.connection.texts("select wait_source from voip.call") == ["cdr"])
                    #expect(try bench.connection.texts("select source from voip.queue_visit") == ["cdr"])
                    #expect(try bench.run(queueLog: [queueLog]).calls == 1)
                } else {
                    try bench.run(queueLog: [queueLog])
                    #expect(try bench.run([csv]).calls == 1)
                }
                // Entered at :01 and waited 12 s as logged; the call began one second earlier.
                #expect(try bench.connection.texts(query) == ["13|57|4|Alice|support|1|queue_log"])
                #expect(try bench.connection.texts("select source from voip.queue_visit") == ["queue_log"])
                // The answered phone shows who PJSIP/101 is, whichever file was loaded last.
                #expect(try bench.connection.texts(sessions) == ["Alice membership 660"])
                #expect(
                    try bench.connection.texts("select interface || ' ' || extension from voip.agent") == [
                        "PJSIP/101 101"
                    ]
                )
            }
        }
    }

    @Test func `a call keeps its visits when a later leg comes alone, in a window without a zone`() async throws {
        let leg = Line("\(noon).1", sequence: 1).with {
            $0.lastapp = "Queue"
            $0.lastdata = "support,t"
            $0.dst = "400"
            $0.duration = 70
            $0.billsec = 70
        }
        let log = """
            \(noon + 1)|\(noon).1|support|NONE|ENTERQUEUE||79160000001|1
            \(noon + 13)|\(noon).1|support|Alice|CONNECT|12|\(noon + 5).2|4
            \(noon + 70)|\(noon).1|support|Alice|COMPLETECALLER|12|57|1

            """
        try await Bench.with { bench in
            try bench.run([bench.write([leg].csv, to: "1.csv")], queueLog: [bench.write(log, to: "queue_log")])
            let later = [leg.with { $0.userfield = "rated" }].csv
            let result = try bench.run([bench.write(later, to: "2.csv")]) { plan in
                plan.zone = nil
                plan.window = .between(from: .wall(noon - 86_400), to: .wall(noon + 86_400))
            }
            #expect(result.cdr?.updated == 1)
            // According to the queue_log, not as the legs would suggest.
            #expect(
                try bench.connection.texts("select concat_ws('|', talk_s, agent, wait_source) from voip.call")
                    == ["57|Alice|queue_log"]
            )
            #expect(try bench.connection.texts("select source from voip.queue_visit") == ["queue_log"])
        }
    }

    @Test func `a restart that is loaded later ends the visits that were open, and only those`() async throws {
        try await Bench.with { bench in
            let log = """
                \(noon)|\(noon).1|support|NONE|ENTERQUEUE||79160000001|1
                \(noon + 200)|\(noon + 190).2|support|NONE|ENTERQUEUE||79160000002|1
                \(noon + 400)|\(noon + 390).3|support|NONE|ENTERQUEUE||79160000003|1

                """
            let restarts = """
                \(noon + 100)|NONE|NONE|NONE|QUEUESTART|
                \(noon + 300)|NONE|NONE|NONE|QUEUESTART|

                """
            let query = """
                select outcome || coalesce(' ' || extract(epoch from left_at)::bigint - \(noon), '')
                from voip.queue_visit order by entered_at
                """
            try bench.run(queueLog: [bench.write(log, to: "queue_log.1")])
            #expect(try bench.connection.texts(query) == ["in_progress", "in_progress", "in_progress"])
            try bench.run(queueLog: [bench.write(restarts, to: "queue_log.2")])
            #expect(try bench.connection.texts(query) == ["unserved 100", "unserved 300", "in_progress"])
            // An earlier restart that is loaded even later.
            try bench.run(queueLog: [bench.write("\(noon + 50)|NONE|NONE|NONE|QUEUESTART|\n", to: "queue_log.0")])
            #expect(try bench.connection.texts(query) == ["unserved 50", "unserved 300", "in_progress"])
        }
    }
}
