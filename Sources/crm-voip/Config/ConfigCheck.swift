import ArgumentParser
import Base
import Configuration
import Logging
import Services

/// Prints all errors in the configuration and, if requested, tries its connections.
struct ConfigCheck: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Check the configuration: keys, values, secrets, files, connections.",
        discussion: """
            Prints every error with its file and line, and exits with status 78 if there is one. Files that the configuration \
            names must exist and be readable by the user who runs this. With --connect a connection that fails ends it with \
            status 69. Nothing is changed.
            """
    )

    @OptionGroup var common: CommonOptions
    @OptionGroup var output: JSONOption

    @Flag(help: "Also try the warehouse, the PBXs' databases and AMI logins, and the contacts.")
    var connect = false

    func run() async throws {
        let (settings, problems) = read()
        let check = SettingsCheck(settings, problems: problems)
        var connections: [ConnectionCheck.Finding]?
        if connect, let settings {
            connections = await ConnectionCheck(settings, logger: .ofManager(common, wire: false)).run()
        }
        let result = SettingsCheckResult(check: check, connections: connections)
        if output.json { try StandardOutput.write(result.json.text() + "\n") } else { try show(result) }
        if !check.errors.isEmpty { throw ExitStatus.configuration.exitCode }
        if connections?.allSatisfy(\.isGood) == false { throw ExitStatus.unavailable.exitCode }
    }

    private func show(_ result: SettingsCheckResult) throws {
        for warning in result.check.warnings { common.messages.warning(warning) }
        for error in result.check.errors { common.messages.error(error) }
        if result.check.errors.isEmpty, !common.quiet {
            try StandardOutput.write(PrintableText.of(result.check.file ?? "no configuration file") + ": no errors\n")
        }
        for finding in result.connections ?? [] {
            if !finding.isGood {
                common.messages.error("\(finding.name): \(finding.sentence)")
            } else if !common.quiet {
                try StandardOutput.write(PrintableText.of("\(finding.name): \(finding.sentence)") + "\n")
            }
        }
    }

    /// The settings, and the faults in their file; no settings if the file is not TOML.
    private func read() -> (settings: Settings?, problems: [ConfigurationError]) {
        do throws(ConfigurationError) {
            let (settings, faults) = try common.configuration()
            return (settings, faults)
        } catch {
            return (nil, [error])
        }
    }
}
