import ArgumentParser
import AMIClient

struct QueueAddCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "add", abstract: "Add a member to a queue.")

    @OptionGroup var live: LiveOptions

    @Argument(help: "The queue.")
    var queue: String

    @Argument(help: "What is dialled, as PJSIP/101.")
    var interface: String

    @Option(name: .long, help: "The member's name in reports.")
    var name: String?

    @Option(name: .long, help: "Members of a lower penalty are called first.")
    var penalty = 0

    @Flag(name: .long, help: "Begin with a pause.")
    var paused = false

    @Option(name: .long, help: ArgumentHelp("Whose state counts.", valueName: "interface"))
    var stateInterface: String?

    func validate() throws {
        if penalty < 0 { throw ValidationError("--penalty is 0 or more.") }
    }

    func run() async throws {
        _ = try await live.withPBX { pbx in
            try await QueueControl(pbx).add(
                interface,
                to: queue,
                name: name,
                penalty: penalty,
                isPaused: paused,
                stateInterface: stateInterface
            )
        }
    }
}

struct QueueRemoveCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "remove",
        abstract: "Remove a member from a queue.",
        discussion: "A member of queues.conf cannot be removed, only paused."
    )

    @OptionGroup var live: LiveOptions

    @Argument(help: "The queue.")
    var queue: String

    @Argument(help: "The member's interface.")
    var interface: String

    func run() async throws {
        try await live.withPBX { try await QueueControl($0).remove(interface, from: queue) }
    }
}

struct QueuePauseCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pause",
        abstract: "Give a member no calls for a while."
    )

    @OptionGroup var live: LiveOptions

    @Argument(help: "The member's interface.")
    var interface: String

    @Option(name: .long, help: "In this queue only.")
    var queue: String?

    @Option(name: .long, help: "Why, for reports.")
    var reason: String?

    func run() async throws {
        _ = try await live.withPBX { pbx in
            try await QueueControl(pbx).pause(interface, in: queue, isPaused: true, reason: reason)
        }
    }
}

struct QueueUnpauseCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "unpause", abstract: "End a member's pause.")

    @OptionGroup var live: LiveOptions

    @Argument(help: "The member's interface.")
    var interface: String

    @Option(name: .long, help: "In this queue only.")
    var queue: String?

    func run() async throws {
        _ = try await live.withPBX { try await QueueControl($0).pause(interface, in: queue, isPaused: false) }
    }
}

struct QueuePenaltyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "penalty",
        abstract: "Change whether a member is called sooner or later than others."
    )

    @OptionGroup var live: LiveOptions

    @Argument(help: "The member's interface.")
    var interface: String

    @Argument(help: "Members of a lower penalty are called first.")
    var penalty: Int

    @Option(name: .long, help: "In this queue only.")
    var queue: String?

    func validate() throws {
        if penalty < 0 { throw ValidationError("A penalty is 0 or more.") }
    }

    func run() async throws {
        _ = try await live.withPBX { try await QueueControl($0).setPenalty(penalty, of: interface, in: queue) }
    }
}

struct QueueReloadCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reload",
        abstract: "Read queues.conf again.",
        discussion: "Members, rules and parameters; the counters are kept."
    )

    @OptionGroup var live: LiveOptions
    @OptionGroup var what: QueueArgument

    func run() async throws {
        try await live.withPBX { try await QueueControl($0).reload(what.queue) }
    }
}
