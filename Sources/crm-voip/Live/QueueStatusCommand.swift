import AMI
import AMIClient
import ArgumentParser
import Base
import Services
import Switchboard

struct QueueStatusCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "Show waiting callers and the members who answer them.",
        discussion: """
            With --watch it stays on the screen: q quits, s changes the order of members. Elsewhere --watch prints a JSON line \
            a change.
            """
    )

    @OptionGroup var live: LiveOptions
    @OptionGroup var output: JSONOption
    @OptionGroup var what: QueueArgument

    @Flag(name: .shortAndLong, help: "Stay, and show every change.")
    var watch = false

    func run() async throws {
        if watch { return try await QueueWatch(live: live, queue: what.queue, isJSON: output.json).run() }
        let now = Moment.now
        let queues = try await live.withPBX { try await QueueControl($0).status(what.queue, at: now) }.queues
        let json = JSON.array(queues.map { $0.json(at: now) })
        try live.write(output.json, json, QueueTable.status(queues, at: now, live.common.terminal.outputStyle))
    }
}

struct QueueSummaryCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "summary",
        abstract: "Show how many wait, how many can answer, and the longest wait."
    )

    @OptionGroup var live: LiveOptions
    @OptionGroup var output: JSONOption
    @OptionGroup var what: QueueArgument

    func run() async throws {
        let queues = try await live.withPBX { try await QueueControl($0).summary(what.queue) }
        let json = JSON.array(queues.map(\.json))
        try live.write(output.json, json, QueueTable.summary(queues, live.common.terminal.outputStyle))
    }
}

struct QueueStatsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "stats",
        abstract: "Show what the PBX counted since its counters were reset.",
        discussion:
            "Holding and talking times are averages in which older calls count less; `report queues` has exact ones."
    )

    @OptionGroup var live: LiveOptions
    @OptionGroup var output: JSONOption
    @OptionGroup var what: QueueArgument

    func run() async throws {
        let now = Moment.now
        let queues = try await live.withPBX { try await QueueControl($0).status(what.queue, at: now) }.queues
        let json = JSON.array(queues.map { $0.json(at: now) })
        try live.write(output.json, json, QueueTable.stats(queues, live.common.terminal.outputStyle))
    }
}
