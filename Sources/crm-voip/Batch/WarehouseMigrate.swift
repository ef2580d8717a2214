import ArgumentParser
import Base
import Warehouse

/// Brings the schema up to date.
struct WarehouseMigrate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "migrate",
        abstract: "Bring the schema up to date.",
        discussion: """
            Every command that needs the schema does this by itself; here it can be done with the rights of another user, \
            and looked at before. An embedded database is made where there is none.
            """
    )

    @OptionGroup var common: CommonOptions
    @OptionGroup var output: JSONOption
    @OptionGroup var keeping: KeepOption

    @Flag(name: .long, help: "Say what would be done, and do nothing.")
    var dryRun = false

    func run() async throws {
        let settings = try common.settings()
        let plan = try await WarehouseAccess(settings, keep: keeping.keep).open { [dryRun] warehouse in
            dryRun ? try Migrator().pending(warehouse.connection) : try Migrator().migrate(warehouse.connection)
        }
        try StandardOutput.write(output.json ? json(plan).text() + "\n" : text(plan))
    }

    private func json(_ plan: Migrator.Plan) -> JSON {
        [
            "schema_version": 1,
            "dry_run": .boolean(dryRun),
            "migrations": .array(plan.migrations.map(JSON.string)),
            "views": .array(plan.views.map(JSON.string)),
        ]
    }

    private func text(_ plan: Migrator.Plan) -> String {
        if plan.isEmpty { return "The schema is up to date.\n" }
        let verb = dryRun ? "to be applied" : "applied"
        return (plan.migrations + plan.views).map { "\(verb): \($0)\n" }.joined()
    }
}
