import CallRecords
import Pipeline
import Postgres
import Reporting
import Testing
import TestSupport
import Warehouse

/// On a Citus cluster the warehouse holds the same rows as on one server, and gives the same reports.
@Suite(.enabled(if: TestCluster.shared != nil, "\(TestCluster.reasonForAbsence)"))
struct ClusterTests {
    private static let legs = 600

    /// Loads two PBXs twice, the second time with more than the first, and nothing new at last.
    private static func fill(_ bench: inout Bench) throws {
        let legs = try Files.legs.get()
        let events = try Files.events.get()
        let half = try bench.write(legs.prefix(Self.legs / 2).joined(), to: "half.csv")
        let whole = try bench.write(legs.prefix(Self.legs).joined(), to: "Master.csv")
        let log = try bench.write(events.prefix(2000).joined(), to: "queue_log")
        for pbx in ["main", "branch"] {
            _ = try bench.run([half]) { $0.pbx = pbx }
            _ = try bench.run([whole], queueLog: [log]) { $0.pbx = pbx }
            let again = try bench.run([whole], queueLog: [log]) { $0.pbx = pbx }
            #expect(again.cdr?.changes == 0 && again.queueLog?.changes == 0)
        }
    }

    /// What the program asks for itself.
    private static let statements: [(String, [Parameter])] = [
        (SQLFiles.Calls.names, []), (SQLFiles.Calls.dids, [.int64(1000)]),
        (
            """
            select queue, outcome, lost_at::text, wait_s::text, caller
            from voip.lost_callers('2026-11-16', '2026-11-23') order by 1, 2, 3, 5
            """, []
        ),
    ]

    private static func answers(_ connection: borrowing Connection) throws -> [[String]] {
        // The evening was recorded without numbers of our own.
        try connection.execute("update voip.call set did = case when duration_s > 9 then '03044' else '03045' end")
        return try statements.map { sql, parameters in
            let rows = try connection.query(sql, parameters)
            let columns = rows.columns.count
            return try rows.map { row throws(PostgresError) in
                var texts: [String] = []
                for column in 0..<columns { texts.append(try row.textIfPresent(column) ?? "") }
                return texts.joined(separator: "|")
            }
        }
    }

    private static func reports(_ connection: borrowing Connection) throws -> [String: String] {
        let catalogue = try ReportCatalogue()
        var texts: [String: String] = [:]
        for interval in [ReportInterval.total, .day] {
            var request = ReportRequest(window: .lastWeek, interval: interval, timeZone: "UTC")
            request.now = "2026-11-23 02:00:00+00"
            // The program makes the rows of lost-calls, from those of ``statements``.
            for definition in catalogue.definitions where definition.name != "lost-calls" {
                let result = try ReportRunner(request).run([definition], on: connection)[0]
                #expect(!result.rows.isEmpty, "\(definition.name) has nothing to compare")
                let text = String(decoding: CSVRenderer().render(result), as: UTF8.self)
                texts["\(definition.name) \(interval)"] = text
            }
        }
        return texts
    }

    @Test func `a cluster holds the same rows as one server, gives the same reports and passes every check`()
        async throws
    {
        let alone = try await Bench.with { bench in
            try Self.fill(&bench)
            let contents = try Contents.everything(bench.connection)
            return (contents, try Self.reports(bench.connection), try Self.answers(bench.connection))
        }
        try Bench.withCluster { bench in
            try Self.fill(&bench)
            let contents = try Contents.everything(bench.connection)
            #expect(contents == alone.0, "\(contents.differences(from: alone.0))")
            let reports = try Self.reports(bench.connection)
            for (name, text) in alone.1 { #expect(reports[name] == text, "\(name)") }
            let answers = try Self.answers(bench.connection)
            #expect(answers == alone.2)
            #expect(answers.allSatisfy { !$0.isEmpty })
            #expect(try Checks().run(bench.connection).map { "\($0.title) \($0.rows)" } == [])
            #expect(try Distribution().run(bench.connection) == [])
        }
    }
}
