import AMIClient
import ArgumentParser
import Services
import Switchboard

struct TransferCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "transfer",
        abstract: "Send a call to another extension.",
        discussion: """
            By default the party that talks with CHANNEL goes to EXTEN, and CHANNEL is released. With --attended CHANNEL talks \
            to EXTEN first; the exit status is the outcome: 10 busy, 11 no answer, 12 congestion, 13 failed, 14 not over \
            after --limit. With --redirect CHANNEL itself goes; the party it talks with is hung up unless --with sends it \
            somewhere.
            """
    )

    @OptionGroup var live: LiveOptions
    @OptionGroup var output: JSONOption

    @Argument(help: "A channel of the call.")
    var channel: String

    @Argument(help: "Where to.")
    var exten: String

    @Option(name: .long, help: "The extension's context; the channel's own if it is not given.")
    var context: String?

    @Flag(name: .long, help: "CHANNEL talks to EXTEN first.")
    var attended = false

    @Option(
        name: .long,
        help: ArgumentHelp("How long an attended transfer is watched.", valueName: "seconds")
    )
    var limit = Int(CallControl.usualTransferLimit / .seconds(1))

    @Flag(name: .long, help: "CHANNEL itself goes.")
    var redirect = false

    @Option(
        name: .long,
        parsing: .upToNextOption,
        help: ArgumentHelp("With --redirect: the other party's channel and where it goes.", valueName: "channel exten")
    )
    var with: [String] = []

    func validate() throws {
        if !(1...86_400).contains(limit) { throw ValidationError("--limit is 1 to 86400 seconds.") }
        if attended, redirect { throw ValidationError("--attended and --redirect cannot be used together.") }
        if !with.isEmpty, !redirect || with.count != 2 {
            throw ValidationError("--with takes a channel and an extension, and needs --redirect.")
        }
    }

    func run() async throws {
        var request = TransferRequest(channel: channel, exten: exten)
        request.context = context
        request.way = attended ? .attended : redirect ? .redirect : .blind
        request.limit = .seconds(limit)
        if let name = with.first, let place = with.last { request.other = (name, place) }
        let result = try await live.service().transfer(request)
        let outcome = result.outcome
        try live.common.write(result, json: output.json) {
            attended ? "\(outcome.status.rawValue): \(outcome.detail)\n" : ""
        }
        if outcome.exitStatus != .done { throw outcome.exitStatus.exitCode }
    }
}
