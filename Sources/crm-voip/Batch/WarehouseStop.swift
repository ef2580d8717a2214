import ArgumentParser
import Base
import Warehouse

/// Stops an embedded database that was kept.
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
        let settings = try common.settings()
        guard case .embedded(let folder) = WarehouseAccess(settings).location else {
            throw Failure(.usage, "The configured database is not an embedded one; stop it where it runs.")
        }
        let wasRunning = try await Warehouse.stop(folder)
        if output.json {
            let result: JSON = [
                "schema_version": 1, "data_folder": .string(folder.path), "was_running": .boolean(wasRunning),
            ]
            try StandardOutput.write(result.text() + "\n")
        } else {
            common.messages.info(wasRunning ? "The database has been stopped." : "The database was not running.")
        }
    }
}
