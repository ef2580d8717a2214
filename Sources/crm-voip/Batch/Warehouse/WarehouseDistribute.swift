import ArgumentParser
import Services

/// Spreads the warehouse over a Citus cluster.
struct WarehouseDistribute: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "distribute",
        abstract: "Spread the warehouse over the servers of a Citus cluster.",
        discussion: """
            The rows of a PBX stay together on one server; tables that belong to no PBX, such as contacts, are copied to every \
            server. The database needs the extension citus. A warehouse that has calls already may be distributed, too, but not \
            while a run loads. After an update of crm-voip that brings new tables, run it again: what is distributed already \
            stays as it is. Everything or nothing is done.
            """
    )

    @OptionGroup var common: CommonOptions
    @OptionGroup var output: JSONOption
    @OptionGroup var keeping: KeepOption

    @Flag(name: .long, help: "Print the statements, and change nothing.")
    var dryRun = false

    func run() async throws {
        let service = ScaleService(try common.settings(), keepsServer: keeping.keep)
        let result = try await service.distribute(isDryRun: dryRun)
        try common.write(result, json: output.json) {
            result.statements.isEmpty
                ? "The warehouse is distributed already.\n" : result.statements.map { "\($0);\n" }.joined()
        }
    }
}
