import ArgumentParser
import Services

/// Evaluates the rules.
struct AlertsRun: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Evaluate the rules until a signal ends it.",
        discussion: """
            For machines without `serve`, which evaluates the rules too, also those of `[staffing.*]`. Only one program can do it \
            at a time. What fires, and who was put into a queue, is remembered over a restart.
            """
    )

    @OptionGroup var live: ConnectionOptions

    func run() async throws {
        let messages = live.common.messages
        let service = try AlertRunService(try live.common.settings(), logger: live.logger) { messages.show($0) }
        let staffing = service.staffingCount > 0 ? ", \(service.staffingCount) for staffing" : ""
        messages.total("Evaluating \(service.ruleCount) rules\(staffing).")
        SystemdNotifier.send("READY=1")
        try await service.run()
    }
}
