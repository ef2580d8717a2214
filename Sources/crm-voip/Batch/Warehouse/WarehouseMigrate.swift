import ArgumentParser
import Services
import Warehouse

/// Brings the schema up to date.
struct WarehouseMigrate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "migrate",
        abstract: "Bring the schema up to date.",
        discussion: """
            Every command that writes to the warehouse does this by itself. Use this command to see the changes first, or to \
            make them with another login. If there is no embedded database yet, it is created.
            """
    )

    @OptionGroup var common: CommonOptions
    @OptionGroup var output: JSONOption
    @OptionGroup var keeping: KeepOption

    @Flag(name: .long, help: "Say what would be done, and do nothing.")
    var dryRun = false

    func run() async throws {
        let service = WarehouseService(try common.settings(), keepsServer: keeping.keep)
        let result = try await service.migrate(isDryRun: dryRun)
        try common.write(result, json: output.json) { text(result.plan) }
    }

    private func text(_ plan: Migrator.Plan) -> String {
        if plan.isEmpty { return "The schema is up to date.\n" }
        let verb = dryRun ? "to be applied" : "applied"
        return (plan.migrations + plan.views).map { "\(verb): \($0)\n" }.joined()
    }
}
