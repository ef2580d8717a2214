import ArgumentParser
import Services

/// What is in the warehouse.
struct WarehouseStatus: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "Show what is in the warehouse: calls, contacts, tables, the last runs.",
        discussion: """
            From when to when there are calls, as of when the contacts are, and what the last runs did and warned of. Large tables \
            are estimated (~), not counted. Nothing is changed.
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
