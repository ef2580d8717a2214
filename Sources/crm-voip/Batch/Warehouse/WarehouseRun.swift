import ArgumentParser
import Services

/// Keeps the embedded database running for its readers.
struct WarehouseRun: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Keep the embedded database running.",
        discussion: """
            The database runs until a signal ends the command; if there is none yet, it is created. Other commands use the \
            running database, and members of the data folder's group may read it; see docs/operations.md.
            """
    )

    @OptionGroup var common: CommonOptions

    func run() async throws {
        try await WarehouseService(try common.settings()).keepRunning { [messages = common.messages] folder in
            messages.info("The database in \(folder) is running.")
        }
    }
}
