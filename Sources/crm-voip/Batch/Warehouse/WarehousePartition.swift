import ArgumentParser
import Services
import Warehouse

/// Keeps legs, visits and events by month.
struct WarehousePartition: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "partition",
        abstract: "Keep legs, queue visits and queue events by month.",
        discussion: """
            Each month of these tables gets a partition of its own, so that `warehouse prune` removes an old month at once \
            instead of deleting its rows. A warehouse that has calls already is copied into the new tables, which needs as much \
            free disk as the old ones, and nothing can be loaded or read meanwhile. Each run of `etl` adds the months of its \
            window and the next one; run this command again to sort rows of other months out of the partition for the rest. \
            Everything or nothing is done.

            Examples:
              crm-voip warehouse partition --dry-run
              crm-voip warehouse partition --from 2020-01
            """
    )

    @OptionGroup var common: CommonOptions
    @OptionGroup var output: JSONOption
    @OptionGroup var keeping: KeepOption

    @Option(
        name: .long,
        help: ArgumentHelp(
            "Make all months from this one on, as before a first load; without it, those of the rows.",
            valueName: "YYYY-MM"
        ),
        transform: month
    )
    var from: PartitionMonth?

    @Option(name: .long, help: "Make this many months after the current one.")
    var ahead = 1

    @Flag(name: .long, help: "Print the statements, and change nothing.")
    var dryRun = false

    func validate() throws {
        guard 0...120 ~= ahead else { throw ValidationError("--ahead takes 0 to 120 months.") }
    }

    func run() async throws {
        let service = ScaleService(try common.settings(), keepsServer: keeping.keep)
        let result = try await service.partition(from: from, ahead: ahead, isDryRun: dryRun)
        try common.write(result, json: output.json) {
            result.statements.isEmpty
                ? "The warehouse is kept by month already, and has every month.\n"
                : result.statements.map { "\($0);\n" }.joined()
        }
    }

    private static func month(_ text: String) throws -> PartitionMonth {
        guard let month = PartitionMonth(text), month.year >= 2000 else {
            throw ValidationError("Give a month from 2000 on as YYYY-MM, such as 2024-01.")
        }
        return month
    }
}
