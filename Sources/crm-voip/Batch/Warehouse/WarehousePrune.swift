public import ArgumentParser
import Services
public import Warehouse

/// Removes what is older than the retention period.
struct WarehousePrune: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "prune",
        abstract: "Remove what is older than you want to keep.",
        discussion: """
            Ages are a number and a letter: 90d, 6w, 18m or 3y for days, weeks, months or years. Without any, those of \
            [warehouse.retention] in the configuration apply. A call is as old as its end, and goes as a whole. Later runs do not load again what was pruned. Without legs, reports and lists of \
            calls still have the call; without queue events, queue reports still have the visit. Everything or nothing is \
            done, and not while a run loads.
            """
    )

    @OptionGroup var common: CommonOptions
    @OptionGroup var output: JSONOption
    @OptionGroup var keeping: KeepOption

    @Option(name: .long, help: ArgumentHelp("The age of everything that has no age of its own.", valueName: "age"))
    var olderThan: RetentionAge?

    @Option(
        name: .long,
        help: ArgumentHelp("Calls, with their legs, queue visits, queue events and agents' sessions.", valueName: "age")
    )
    var calls: RetentionAge?

    @Option(name: .long, help: ArgumentHelp("Legs (CDRs); their calls stay.", valueName: "age"))
    var legs: RetentionAge?

    @Option(name: .long, help: ArgumentHelp("Queue events; their visits stay.", valueName: "age"))
    var events: RetentionAge?

    @Option(name: .long, help: ArgumentHelp("Rejected records.", valueName: "age"))
    var rejects: RetentionAge?

    @Flag(name: .long, help: "Say what would be removed, and remove nothing.")
    var dryRun = false

    func run() async throws {
        let service = RetentionService(try common.settings(), keepsServer: keeping.keep)
        let result = try await service.prune(policy, isDryRun: dryRun)
        try common.write(result, json: output.json) { text(result.summary) }
    }

    private var policy: RetentionPolicy {
        var policy = RetentionPolicy()
        (policy.calls, policy.legs, policy.events, policy.rejects) = (calls, legs, events, rejects)
        if let olderThan { policy.fill(olderThan) }
        return policy
    }

    private func text(_ summary: Pruning.Summary) -> String {
        let verb = dryRun ? "would be removed" : "removed"
        return summary.removals.map { "\($0.table): \($0.rows) rows \(verb)\n" }.joined()
    }
}

extension RetentionAge: ExpressibleByArgument {
    /// Reads an age from the command line.
    public init?(argument: String) { self.init(argument) }
}
