import ArgumentParser
import Services

/// Shows the contents of the warehouse.
struct WarehouseStatus: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "Show what is in the warehouse: calls, contacts, tables, the last runs.",
        discussion: """
            It shows the first and the last call of each PBX, when the contacts were last synced, and the results and warnings \
            of the last runs. Large tables are estimated (~), not counted. Nothing is changed.
            """
    )

    @OptionGroup var common: CommonOptions
    @OptionGroup var output: JSONOption
    @OptionGroup var keeping: KeepOption

    func run() async throws {
        let service = WarehouseService(try common.settings(), keepsServer: keeping.keep)
        let result = try await service.status()
        try common.write(result, json: output.json) {
            StatusText(status: result.status, style: common.terminal.outputStyle).text
        }
    }
}
