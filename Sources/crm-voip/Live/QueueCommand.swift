import ArgumentParser

/// Queues: show them, and change their members.
struct QueueCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "queue",
        abstract: "Show queues and change their members.",
        subcommands: [
            QueueStatusCommand.self, QueueSummaryCommand.self, QueueStatsCommand.self, QueueAddCommand.self,
            QueueRemoveCommand.self, QueuePauseCommand.self, QueueUnpauseCommand.self, QueuePenaltyCommand.self,
            QueueReloadCommand.self,
        ]
    )
}

/// The argument of commands that show one queue or all of them.
struct QueueArgument: ParsableArguments {
    @Argument(help: "One queue; without it, all.")
    var queue: String?
}
