import ArgumentParser
import Configuration
import Services

/// Writes the documentation that is derived from the table of keys.
struct ConfigReference: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reference",
        abstract: "Print the documentation of all keys.",
        shouldDisplay: false
    )

    @OptionGroup var common: CommonOptions

    @Flag(help: "Print the manual page crm-voip.toml(5) instead of Markdown.")
    var man = false

    func run() throws {
        try StandardOutput.write(man ? manualPage : ConfigurationReference.markdown)
    }

    private var manualPage: String {
        ConfigurationReference.manualPage(version: Version.current, date: Version.date)
    }
}
