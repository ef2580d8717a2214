import Base
import Configuration
import Reporting
import Services

/// Loads a CDR file and a queue_log, then asks for calls and a report: `warehouse Master.csv queue_log FOLDER`
@main
struct Warehouse {
    static func main() async throws {
        let settings = try Settings.load(environment: ["CRM_VOIP_DATA": CommandLine.arguments[3]])
        var load = LoadRequest()
        load.files = [CommandLine.arguments[1]]
        load.queueLogs = [CommandLine.arguments[2]]
        load.timeZone = "UTC"
        load.keepsServer = true
        let result = try await LoadService(settings).run(load)
        print(result.json.text())

        var search = CallsRequest()
        (search.disposition, search.limit) = (.noAnswer, 3)
        for call in try await CallService(settings).find(search).calls {
            print(call.started.iso8601, call.direction, call.queue ?? "no queue")
        }

        var request = ReportsRequest(names: ["queues"])
        // From 2026-11-01 UTC up to now.
        request.window = .between(WrittenTime(Moment(seconds: 1_793_491_200)), nil)
        for report in try await ReportService(settings).run(request).results {
            for row in report.rows { print(report.cell(row, "queue"), report.cell(row, "offered")) }
        }
    }
}
