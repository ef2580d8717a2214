import ArgumentParser
import Configuration
import Glibc

/// Writes a commented configuration file of all keys.
struct ConfigInit: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init",
        abstract: "Write a commented configuration file.",
        discussion: """
            Writes to --config, else $CRM_VOIP_CONFIG, else ~/.config/crm-voip/crm-voip.toml (as root \
            /etc/crm-voip/crm-voip.toml). An existing file is left as it is.
            """
    )

    @OptionGroup var common: CommonOptions

    @Flag(help: "Write to stdout instead.")
    var stdout = false

    func run() throws {
        if stdout { return try StandardOutput.write(ConfigurationTemplate.text) }
        let environment = ProcessEnvironment.current
        let places = Places(environment: environment)
        let usual = getuid() == 0 ? places.configurationFiles.last : places.configurationFiles.first
        guard let path = common.config ?? environment["CRM_VOIP_CONFIG"] ?? usual else { return }
        try NewFile.write(ConfigurationTemplate.text, to: path)
        common.messages.info("Wrote \(path).")
    }
}
