import Alerts
import ArgumentParser
import Base
import Services

/// Replays the rules over the warehouse.
struct AlertsTest: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "test",
        abstract: "Replay the rules over the past, and say how often each would have fired.",
        discussion: """
            Reads visits, pauses and memberships of queues from the warehouse, by default of the last week; tells nobody. CALLERS \
            are those who were waiting in the queue while an alert about it fired, LOST those of them who were not answered. \
            Rules about what the warehouse does not keep, such as trunks, are not replayed.
            """
    )

    @OptionGroup var common: CommonOptions
    @OptionGroup var target: PBXOption
    @OptionGroup var window: WindowOptions
    @OptionGroup var output: JSONOption

    func run() async throws {
        let result = try await AlertTestService(try common.settings()).run(window.request, pbx: target.pbx)
        try common.write(result, json: output.json) { Self.table(result, style: common.terminal.outputStyle) }
    }

    private static func table(_ result: AlertTestResult, style: Style) -> String {
        let rows = result.results.map { result in
            let figures = [
                "\(result.fired)", DurationText.of(result.total), DurationText.of(result.longest),
                "\(result.callers)", "\(result.lost)",
            ]
            return [result.rule, result.measure.rawValue]
                + (result.isReplayed ? figures : ["not replayed", "", "", "", ""])
        }
        let heads = ["RULE", "MEASURE", "FIRED", "TOTAL", "LONGEST", "CALLERS", "LOST"]
        return LiveText.table(heads, rows, style: style)
    }
}
