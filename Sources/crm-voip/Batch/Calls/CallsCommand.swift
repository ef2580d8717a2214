import ArgumentParser
import Services

/// Lists calls.
struct CallsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "calls",
        abstract: "List calls, newest first.",
        discussion: """
            Options can be combined. `crm-voip call ID` shows what happened in one of the calls.

            A number may be written in any way; an extension or the last digits of a number will do, too.
            """
    )

    @OptionGroup var filter: CallFilterOptions
    @OptionGroup var window: WindowOptions
    @OptionGroup var output: JSONOption
    @OptionGroup var target: PBXOption
    @OptionGroup var keeping: KeepOption
    @OptionGroup var common: CommonOptions

    @Option(name: .long, help: ArgumentHelp("List at most N calls.", valueName: "n"))
    var limit = CallsRequest().limit

    @Flag(name: .long, help: "Print CSV with a header line.")
    var csv = false

    @Option(
        name: .long,
        help: ArgumentHelp("The time zone of the output, such as Europe/Berlin.", valueName: "zone"),
        completion: .timeZones
    )
    var timezone: String?

    func validate() throws {
        if !(1...1_000_000).contains(limit) { throw ValidationError("--limit is a number from 1 to 1000000.") }
        if csv, output.json { throw ValidationError("--csv and --json cannot be used together.") }
    }

    func run() async throws {
        let service = CallService(try common.settings(), keepsServer: keeping.keep)
        let list = try await service.find(request)
        if csv {
            return try StandardOutput.write(CallTable(list).csv(isForTerminal: common.terminal.isOutputTerminal))
        }
        try common.write(list, json: output.json) {
            CallTable(list).text(width: common.terminal.width, style: common.terminal.outputStyle)
        }
    }

    private var request: CallsRequest {
        var request = filter.request
        request.pbx = target.pbx
        request.window = window.request
        request.timeZone = timezone
        request.limit = limit
        return request
    }
}

/// Which calls.
struct CallFilterOptions: ParsableArguments {
    @Option(name: .long, help: "Only calls with this number, extension or last digits.")
    var number: String?

    @Option(name: .long, help: ArgumentHelp("Only calls of this contact of the CRM.", valueName: "kind:id"))
    var contact: String?

    @Option(
        name: .long,
        help: "Only calls of this agent: name, interface or extension.",
        completion: .agentNames
    )
    var agent: String?

    @Option(name: .long, help: "Only calls that visited this queue.", completion: .queueNames)
    var queue: String?

    @Option(name: .long, help: "Only inbound, outbound, internal or unknown calls.")
    var direction: CallsRequest.Direction?

    @Option(name: .long, help: "Only answered, no_answer, busy or failed calls.")
    var disposition: CallsRequest.Disposition?

    @Option(name: .long, help: "Only calls whose recording has this in its file name.")
    var recording: String?

    var request: CallsRequest {
        var request = CallsRequest()
        (request.number, request.contact, request.agent, request.queue) = (number, contact, agent, queue)
        (request.direction, request.disposition, request.recording) = (direction, disposition, recording)
        return request
    }

    func validate() throws {
        if let number, !number.contains(where: \.isNumber) {
            throw ValidationError("--number needs digits; use --agent or --contact for names.")
        }
    }
}
