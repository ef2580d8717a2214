import ArgumentParser
import Services

/// Prints rules to begin with.
struct AlertsInit: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init",
        abstract: "Print rules to begin with.",
        discussion: """
            Append them to the configuration file, change the figures, and check the result:
            `crm-voip alerts init >> crm-voip.toml`, `crm-voip config check`.
            """
    )

    @OptionGroup var common: CommonOptions

    func run() throws { try StandardOutput.write(AlertTemplate.text) }
}
