import AMIClient
import Base
import CallRecords
import Extract
import Pipeline
import Postgres
import Reporting
import Switchboard
import Testing
import TestSupport
import Transform
import Warehouse

extension LiveTests {
    /// One call from the request to the report: the id that we supplied identifies it everywhere.
    @Suite(.enabled(if: TestPostgres.shared != nil, "\(TestPostgres.reasonForAbsence)"))
    struct StoryTests {
        @Test func `the same id in AMI, queue_log, Master.csv and the warehouse`() async throws {
            let pbx = try TestAsterisk.shared()
            let id = "crm-story-\(UInt32.random(in: 0...(.max)))"
            try await Live.with { client in
                _ = try await QueueControl(client).add("Local/agent-4@phones", to: "support", name: "Dora")
                var request = Live.call("wait", to: "support@queues", id: id, wait: .done)
                request.callerID = "\"Ann\" <4930123456>"
                let outcome = try await CallControl(client).originate(request)
                #expect(outcome.status == .done && outcome.channelID == id, "\(outcome.detail)")
            }
            let events = try await Live.eventually("queue_log has the call") {
                let events = try Live.queueLog("|\(id)|support|").map { $0.split(separator: "|")[4] }
                return events.contains("COMPLETEAGENT") ? events : nil
            }
            #expect(events == ["ENTERQUEUE", "CONNECT", "COMPLETEAGENT"])
            _ = try await Live.eventually("Master.csv has the call") {
                TestAsterisk.text(of: pbx.masterCSV).contains("\"\(id)\"") ? true : nil
            }
            try await load(id)
        }

        private func load(_ id: String) async throws {
            let pbx = try TestAsterisk.shared()
            let server = try #require(TestPostgres.shared)
            try await server.withDatabaseAddress { address in
                let connection = try Connection(address)
                try Migrator().migrate(connection)
                var plan = Plan(pbx: "live", window: .all, numbers: try NumberPlan(region: "DE", outsidePrefix: ""))
                plan.zone = .utc
                plan.cdr = .files([pbx.masterCSV], MasterCSVReader.Options())
                plan.queueLog = .files([pbx.queueLog], .latin1)
                let result = try Run(plan, now: .now)(connection)
                #expect(result.cdr?.rejected == 0 && result.queueLog?.rejected == 0)

                let call = "select count(*) from voip.call where linkedid = '\(id)'"
                #expect(try connection.query(call).map { row throws(PostgresError) in try row.text(0) } == ["1"])
                let visit = """
                    select outcome || ' ' || agent || ' ' || caller from voip.queue_visit where callid = '\(id)'
                    """
                let visits = try connection.query(visit).map { row throws(PostgresError) in try row.text(0) }
                #expect(visits == ["answered Dora 4930123456"])

                let request = ReportRequest(window: .days(1), timeZone: "UTC", queue: "support")
                let report = try ReportRunner(request).run([ReportCatalogue().definition("queues")], on: connection)[0]
                let row = try #require(report.rows.first)
                let cells = Dictionary(uniqueKeysWithValues: zip(report.definition.columns.map(\.name), row))
                #expect(cells["offered"] == .integer(1) && cells["answered"] == .integer(1))
                #expect(cells["queue"] == .text("support"))
            }
        }
    }
}
