import AMIClient
import ArgumentParser
import Services

struct QueueAddCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "add", abstract: "Add a member to a queue.")

    @OptionGroup var live: LiveOptions
    @OptionGroup var output: JSONOption

    @Argument(help: "The queue.")
    var queue: String

    @Argument(help: "What is dialled, such as PJSIP/101.")
    var interface: String

    @Option(name: .long, help: "The member's name in reports.")
    var name: String?

    @Option(name: .long, help: "Members with a lower penalty are called first.")
    var penalty = 0

    @Flag(name: .long, help: "Begin with a pause.")
    var paused = false

    @Option(name: .long, help: ArgumentHelp("Whose state counts.", valueName: "interface"))
    var stateInterface: String?

    func validate() throws {
        if !(0...QueueControl.maximumPenalty).contains(penalty) {
            throw ValidationError("--penalty is 0 to \(QueueControl.maximumPenalty).")
        }
    }

    func run() async throws {
        var request = QueueAddRequest(queue: queue, interface: interface)
        request.name = name
        request.penalty = penalty
        request.isPaused = paused
        request.stateInterface = stateInterface
        let result = try await live.service().addMember(request)
        try live.common.write(result, json: output.json) { "" }
    }
}

struct QueueRemoveCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "remove",
        abstract: "Remove a member from a queue.",
        discussion: "A member of queues.conf cannot be removed, only paused."
    )

    @OptionGroup var live: LiveOptions
    @OptionGroup var output: JSONOption

    @Argument(help: "The queue.")
    var queue: String

    @Argument(help: "The member's interface.")
    var interface: String

    func run() async throws {
        let result = try await live.service().removeMember(interface, from: queue)
        try live.common.write(result, json: output.json) { "" }
    }
}

struct QueuePauseCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pause",
        abstract: "Pause a member, so that it gets no calls."
    )

    @OptionGroup var live: LiveOptions
    @OptionGroup var output: JSONOption

    @Argument(help: "The member's interface.")
    var interface: String

    @Option(name: .long, help: "In this queue only.")
    var queue: String?

    @Option(name: .long, help: "Why, for reports.")
    var reason: String?

    func run() async throws {
        let result = try await live.service().pauseMember(interface, in: queue, isPaused: true, reason: reason)
        try live.common.write(result, json: output.json) { "" }
    }
}

struct QueueUnpauseCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "unpause", abstract: "End a member's pause.")

    @OptionGroup var live: LiveOptions
    @OptionGroup var output: JSONOption

    @Argument(help: "The member's interface.")
    var interface: String

    @Option(name: .long, help: "In this queue only.")
    var queue: String?

    func run() async throws {
        let result = try await live.service().pauseMember(interface, in: queue, isPaused: false)
        try live.common.write(result, json: output.json) { "" }
    }
}

struct QueuePenaltyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "penalty",
        abstract: "Change whether a member is called before or after others."
    )

    @OptionGroup var live: LiveOptions
    @OptionGroup var output: JSONOption

    @Argument(help: "The member's interface.")
    var interface: String

    @Argument(help: "Members with a lower penalty are called first.")
    var penalty: Int

    @Option(name: .long, help: "In this queue only.")
    var queue: String?

    func validate() throws {
        if !(0...QueueControl.maximumPenalty).contains(penalty) {
            throw ValidationError("A penalty is 0 to \(QueueControl.maximumPenalty).")
        }
    }

    func run() async throws {
        let result = try await live.service().setPenalty(penalty, of: interface, in: queue)
        try live.common.write(result, json: output.json) { "" }
    }
}

struct QueueReloadCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reload",
        abstract: "Read queues.conf again.",
        discussion: "Members, rules and parameters; the counters are kept."
    )

    @OptionGroup var live: LiveOptions
    @OptionGroup var output: JSONOption
    @OptionGroup var what: QueueArgument

    func run() async throws {
        let result = try await live.service().reloadQueues(what.queue)
        try live.common.write(result, json: output.json) { "" }
    }
}
