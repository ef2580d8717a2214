import ArgumentParser
import Base
import Services

/// Shows the alerts and silences.
struct AlertsList: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "Show the alerts that are not over, and the silences.",
        discussion: """
            An alert is pending until its condition has held for long enough, and recovering until it has been cleared for long \
            enough. It is unknown while nothing is known about its subject, for instance without a connection to the PBX.
            """
    )

    @OptionGroup var common: CommonOptions
    @OptionGroup var output: JSONOption

    func run() throws {
        let settings = try common.settings()
        let (alerts, at) = try ListedAlert.list(settings)
        let silences = try SilenceService(settings).list()
        if output.json {
            return try StandardOutput.write(AlertsText.json(alerts, silences, at: at).text() + "\n")
        }
        try StandardOutput.write(AlertsText.table(alerts, silences, style: common.terminal.outputStyle))
        if let at {
            common.messages.note("As of \(at.iso8601).")
        } else {
            common.messages.warning("The rules have not been evaluated yet: neither `serve` nor `alerts run` has run.")
        }
    }
}
