import ArgumentParser
import AMIClient
import AMI

struct EventsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "events",
        abstract: "Show what happens on the PBX, as it happens.",
        discussion: """
            Events have the names of today's Asterisk, whatever the PBX's version. A lost connection is made again. At the end \
            stderr tells what was received, dropped and missed. Stop it with Ctrl-C.
            """
    )

    @OptionGroup var live: LiveOptions
    @OptionGroup var output: JSONOption
    @OptionGroup var options: EventOptions

    func run() async throws {
        let sink = try EventSink(options: options, isJSON: output.json, terminal: live.common.terminal)
        if let file = options.replay { return try sink.replay(file, try EventRecording(options)) }
        let counts = try await EventFrontend(live: live, options: options, sink: sink).run()
        live.common.messages.total(EventFrontend.summary(counts))
        if options.strict, counts.dropped > 0 || counts.reconnects > 0 { throw ExitStatus.failed.exitCode }
    }
}

/// Which events, and what becomes of them.
struct EventOptions: ParsableArguments {
    @Option(
        name: .long,
        parsing: .upToNextOption,
        help: ArgumentHelp(
            "Names (Hangup, Queue*), exclusions (!VarSet), conditions (Queue=support, Channel^=PJSIP/, CallerIDNum*=49).",
            valueName: "term"
        )
    )
    var filter: [String] = []

    @Option(name: .long, help: ArgumentHelp("Classes to ask for, as call,agent; all without it.", valueName: "list"))
    var classes: String?

    @Flag(name: .long, help: "Fold events into active calls, with variables, queue and agent: a line a change.")
    var calls = false

    @Option(name: .long, help: ArgumentHelp("Also keep the events in a file, secrets masked.", valueName: "file"))
    var record: String?

    @Option(
        name: .long,
        help: ArgumentHelp(
            "Also write queue events as lines of a queue_log, for a PBX whose own cannot be read; load it with etl --queue-log.",
            valueName: "file"
        )
    )
    var queueLog: String?

    @Flag(
        name: .long,
        help: """
            Keep queue events in the warehouse; a queue_log that is loaded as well takes their place. Nothing is shown then \
            without --json, --calls or --filter.
            """
    )
    var store = false

    @Option(
        name: .long,
        help: ArgumentHelp("Show the events of a file, not of a PBX.", valueName: "file"),
        completion: .file()
    )
    var replay: String?

    @Option(name: .long, help: ArgumentHelp("Stop after so long.", valueName: "seconds"))
    var seconds: Int?

    @Option(name: .long, help: ArgumentHelp("Stop after so many events.", valueName: "number"))
    var count: Int?

    @Flag(name: .long, help: "Fail at the end if any event was dropped or missed.")
    var strict = false

    func validate() throws {
        if EventFilter(terms: filter) == nil { throw ValidationError("--filter has an empty term.") }
        if classes != nil, mask == nil {
            throw ValidationError("--classes are of \(EventMask.classes.joined(separator: ", ")).")
        }
        if replay != nil, record != nil { throw ValidationError("--replay and --record exclude each other.") }
        if replay != nil, store { throw ValidationError("--replay and --store exclude each other.") }
        if let count, count < 1 { throw ValidationError("--count is 1 or more.") }
    }

    /// nil for a class that is none.
    var mask: EventMask? {
        guard let classes else { return .on }
        return EventMask(classes: classes.split(separator: ",").map { $0.trimmedBlanks })
    }

    var terms: EventFilter { EventFilter(terms: filter) ?? EventFilter() }
}
