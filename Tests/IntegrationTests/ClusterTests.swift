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
    private static let reports = ["queues", "agents", "calls", "lost-visits", "unmatched"]

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

    private static func reports(_ connection: borrowing Connection) throws -> [String: String] {
        let catalogue = try ReportCatalogue()
        var texts: [String: String] = [:]
        for interval in [ReportInterval.total, .day] {
            var request = ReportRequest(window: .lastWeek, interval: interval, timeZone: "UTC")
            request.now = "2026-11-23 02:00:00+00"
            for name in reports {
                let results = try ReportRunner(request).run([catalogue.definition(name)], on: connection)
                texts["\(name) \(interval)"] = String(decoding: CSVRenderer().render(results[0]), as: UTF8.self)
            }
        }
        return texts
    }

    @Test func `a cluster holds the same rows as one server, gives the same reports and passes every check`()
        async throws
    {
        let alone = try await Bench.with { bench in
            try Self.fill(&bench)
            return (try Contents.everything(bench.connection), try Self.reports(bench.connection))
        }
        try Bench.withCluster { bench in
            try Self.fill(&bench)
            let contents = try Contents.everything(bench.connection)
            #expect(contents == alone.0, "\(contents.differences(from: alone.0))")
            let reports = try Self.reports(bench.connection)
            for (name, text) in alone.1 { #expect(reports[name] == text, "\(name)") }
            #expect(try Checks().run(bench.connection).map { "\($0.title) \($0.rows)" } == [])
            #expect(try Distribution().run(bench.connection) == [])
        }
    }
}
