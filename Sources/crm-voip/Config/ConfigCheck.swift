import ArgumentParser
import Configuration
import Base

/// Prints all errors of the configuration.
struct ConfigCheck: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Check the configuration: keys, values, secrets.",
        discussion: "Prints every error with its file and line, and exits with status 78 if there is one."
    )

    @OptionGroup var common: CommonOptions
    @OptionGroup var output: JSONOption

    func run() throws {
        let (settings, problems) = read()
        if output.json {
            try StandardOutput.write(json(settings, problems).text() + "\n")
        } else {
            for warning in settings?.warnings ?? [] { common.messages.warning(warning) }
            for problem in problems { common.messages.error("\(problem)") }
            if problems.isEmpty, !common.quiet {
                try StandardOutput.write("\(settings?.file ?? "no configuration file"): no errors\n")
            }
        }
        if !problems.isEmpty { throw ExitStatus.configuration.exitCode }
    }

    private func json(_ settings: Settings?, _ problems: [ConfigurationError]) -> JSON {
        [
            "file": settings?.file.map(JSON.string) ?? nil,
            "errors": .array(problems.map { .string("\($0)") }),
            "warnings": .array((settings?.warnings ?? []).map(JSON.string)),
        ]
    }

    /// The settings, and all that is wrong with them; no settings if the file is not TOML.
    private func read() -> (settings: Settings?, problems: [ConfigurationError]) {
        do throws(ConfigurationError) {
            let (settings, faults) = try Settings.read(named: common.config, environment: ProcessEnvironment.current)
            return (settings, faults + settings.inconsistencies())
        } catch {
            return (nil, [error])
        }
    }
}
