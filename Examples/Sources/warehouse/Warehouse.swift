import Configuration
import Services

/// Loads a CDR file and a queue_log and prints what changed: `warehouse Master.csv queue_log`
@main
struct Warehouse {
    static func main() async throws {
        let settings = try Settings.load(environment: ["CRM_VOIP_DATA": CommandLine.arguments[3]])
        var request = LoadRequest()
        request.files = [CommandLine.arguments[1]]
        request.queueLogs = [CommandLine.arguments[2]]
        request.timeZone = "UTC"
        let result = try await LoadService(settings).run(request)
        print(result.json.text())
    }
}
