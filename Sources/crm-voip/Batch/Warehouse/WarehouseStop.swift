import ArgumentParser
import Services

/// Stops an embedded database that was kept running.
struct WarehouseStop: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "stop",
        abstract: "Stop the embedded database.",
        discussion: """
            Only one that was kept or left running needs this. While another command uses it, the exit status is 75. A \
            database of your own is not touched.
            """
    )

    @OptionGroup var common: CommonOptions
    @OptionGroup var output: JSONOption

    func run() async throws {
        let result = try await WarehouseService(try common.settings()).stop()
        if output.json { return try common.write(result, json: true) { "" } }
        common.messages.info(result.wasRunning ? "The database has been stopped." : "The database was not running.")
    }
}
