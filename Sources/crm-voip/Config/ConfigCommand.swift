import ArgumentParser

/// The commands about the configuration.
struct ConfigCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "config",
        abstract: "Write, check or show the configuration.",
        subcommands: [ConfigInit.self, ConfigCheck.self, ConfigShow.self, ConfigReference.self]
    )
}
