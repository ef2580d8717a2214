import ArgumentParser
import Services

/// Keeps the embedded database running, for those who read it.
struct WarehouseRun: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Keep the embedded database running.",
        discussion: """
            It runs until a signal ends the command, and is made where there is none. Other commands find it running, and \
            members of the group of the data folder may read it; see docs/operations.md.
            """
    )

    @OptionGroup var common: CommonOptions

    func run() async throws {
        try await WarehouseService(try common.settings()).keepRunning { [messages = common.messages] folder in
            messages.info("The database in \(folder) is running.")
        }
    }
}
