import AMI
import ArgumentParser
import Services

struct EventsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "events",
        abstract: "Show what happens on the PBX, as it happens.",
        discussion: """
            Events have the names of today's Asterisk, whatever the PBX's version. --filter decides what is shown; --record, \
            --queue-log and --store get everything. Reconnects when the connection is lost; a summary goes to stderr at the \
            end. Stop it with Ctrl-C.
            """
    )

    @OptionGroup var live: LiveOptions
    @OptionGroup var output: JSONOption
    @OptionGroup var options: EventOptions

    func run() async throws {
        let messages = live.common.messages
        let service = EventService(try live.common.settings(), logger: live.logger) { messages.show($0) }
        let program = options.program { messages.show($0) }
        var lines = EventLines(isJSON: output.json, style: live.common.terminal.outputStyle, program: program)
        let request = options.request(pbx: live.target.pbx, isJSON: output.json)
        let result: EventsResult
        if let file = options.replay {
            result = try await service.replay(file, request) { try await lines.write($0) }
        } else {
            result = try await service.follow(request) { try await lines.write($0) }
            messages.total(EventLines.summary(result))
        }
        let failed = await program?.finish() ?? 0
        if failed + result.discarded > 0 || options.strict && !result.isComplete { throw ExitStatus.failed.exitCode }
    }
}

/// Which events to receive, and what to do with them.
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

    @Option(
        name: .long,
        help: ArgumentHelp("Classes to ask for, such as call,agent (default: all).", valueName: "list")
    )
    var classes: String?

    @Flag(name: .long, help: "Fold events into active calls, with variables, queue and agent: one line per change.")
    var calls = false

    @Flag(
        name: .long,
        help:
            "Show what becomes of calls as lines of JSON: ringing, answered, ended, lost, missed, and whose phone rings."
    )
    var callEvents = false

    @Option(
        name: .long,
        help: ArgumentHelp(
            "Show what becomes of calls, and run this program for each event, with the line on its standard input.",
            valueName: "program"
        ),
        completion: .file()
    )
    var exec: String?

    @Option(name: .long, help: ArgumentHelp("Runs of the program at the same time (default: 4).", valueName: "number"))
    var execParallel: Int?

    @Option(name: .long, help: ArgumentHelp("Kill a run after this time (default: 30).", valueName: "seconds"))
    var execTimeout: Int?

    @Option(name: .long, help: ArgumentHelp("Also write every event to a file, secrets masked.", valueName: "file"))
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
            Keep queue events in the warehouse; a queue_log that is loaded as well replaces them. Nothing is shown then \
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

    @Option(name: .long, help: ArgumentHelp("Stop after this time.", valueName: "seconds"))
    var seconds: Int?

    @Option(name: .long, help: ArgumentHelp("Stop after this many lines.", valueName: "number"))
    var count: Int?

    @Flag(name: .long, help: "Fail at the end if any event was dropped or missed.")
    var strict = false

    func validate() throws {
        if EventFilter(terms: filter) == nil { throw ValidationError("--filter has an empty term.") }
        if classes != nil, mask == nil {
            throw ValidationError("--classes are of \(EventMask.classes.joined(separator: ", ")).")
        }
        if replay != nil, record != nil { throw ValidationError("--replay and --record cannot be used together.") }
        if replay != nil, store { throw ValidationError("--replay and --store cannot be used together.") }
        if showsCallEvents, !filter.isEmpty {
            throw ValidationError("--filter selects events of the PBX, not those of calls.")
        }
        if let exec, !exec.hasPrefix("/") { throw ValidationError("--exec needs the whole path of a program.") }
        if exec == nil, execParallel ?? execTimeout != nil {
            throw ValidationError("--exec-parallel and --exec-timeout need --exec.")
        }
        if let execParallel, !(1...64).contains(execParallel) { throw ValidationError("--exec-parallel is 1 to 64.") }
        if let execTimeout, !(1...3600).contains(execTimeout) { throw ValidationError("--exec-timeout is 1 to 3600.") }
        if let count, count < 1 { throw ValidationError("--count is 1 or more.") }
        if let seconds, !LiveOptions.spans.contains(seconds) {
            throw ValidationError("--seconds is 1 to \(LiveOptions.spans.upperBound).")
        }
    }

    /// The requested classes; nil if none are named or one of them is unknown.
    private var mask: EventMask? {
        classes.flatMap { EventMask(names: $0.split(separator: ",").map { $0.trimmedBlanks }) }
    }

    private var showsCallEvents: Bool { callEvents || exec != nil }

    /// The program to run for each event of a call; nil if none is named.
    func program(_ report: @escaping ServiceNotice.Report) -> CallProgram? {
        exec.map { path in
            CallProgram(path: path, most: execParallel ?? 4, timeout: .seconds(execTimeout ?? 30), report: report)
        }
    }

    /// A program that stores events for weeks shows nothing unless requested.
    func request(pbx: String?, isJSON: Bool) -> EventsRequest {
        var request = EventsRequest(pbx: pbx)
        request.filter = EventFilter(terms: filter) ?? EventFilter()
        request.mask = mask
        request.showsCalls = calls && !showsCallEvents
        request.showsCallEvents = showsCallEvents
        request.isShowing = !store || isJSON || calls || showsCallEvents || !filter.isEmpty
        request.record = record
        request.queueLog = queueLog
        request.store = store
        request.seconds = seconds
        request.count = count
        return request
    }
}
