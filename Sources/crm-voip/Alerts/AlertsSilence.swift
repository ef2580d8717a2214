import Alerts
import AMIClient
import ArgumentParser
import Base
import Services

/// Keeps receivers from being told for a while.
struct AlertsSilence: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "silence",
        abstract: "Tell nobody about some alerts for a while.",
        discussion: """
            The alerts that meet all conditions are still shown. A condition is LABEL=VALUE or LABEL!=VALUE; labels are rule, \
            severity, pbx, queue, agent, trunk, endpoint and extension, and a * at the end of a value stands for any ending.
            """
    )

    @OptionGroup var common: CommonOptions
    @Argument(help: "Which alerts, such as queue=support.") var condition: [String]

    @Option(name: .customLong("for"), help: ArgumentHelp("How long, such as 30m, 2h or 1d.", valueName: "span"))
    var span: SpanArgument

    @Option(name: .long, help: ArgumentHelp("Why, for colleagues.", valueName: "text")) var comment = ""

    func run() throws {
        let silence = try SilenceService(try common.settings()).add(
            condition,
            for: span.duration,
            author: AuditLog.user,
            comment: comment
        )
        common.messages.info("The silence \(silence.id) ends at \(silence.until.iso8601).")
    }
}

/// Ends a silence.
struct AlertsUnsilence: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "unsilence", abstract: "End a silence.")

    @OptionGroup var common: CommonOptions
    @Argument(help: "Its id, as `alerts list` shows it.") var id: String

    func run() throws {
        try SilenceService(try common.settings()).end(id)
        common.messages.info("Ended.")
    }
}

/// A span of time such as `90s`, `30m`, `2h` or `1d`.
struct SpanArgument: ExpressibleByArgument {
    let duration: Duration

    init?(argument: String) {
        let units: [Character: Int64] = ["s": 1, "m": 60, "h": 3600, "d": 86_400]
        guard let last = argument.last, let unit = units[last], let count = Int64(argument.dropLast()),
            (1...100_000).contains(count)
        else { return nil }
        duration = .seconds(count * unit)
    }
}
