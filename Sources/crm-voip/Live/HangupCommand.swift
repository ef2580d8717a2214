import AMI
import AMIClient
import ArgumentParser
import Services
import Switchboard

struct HangupCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "hangup",
        abstract: "End channels.",
        discussion:
            "Give a channel's name, its uniqueid, or a beginning of its name that only one channel has."
    )

    @OptionGroup var live: LiveOptions
    @OptionGroup var output: JSONOption

    @Argument(help: "Channels to end.")
    var channel: [String] = []

    @Option(
        name: .long,
        help: ArgumentHelp("Hang up all channels whose name matches; they are shown first.", valueName: "regex")
    )
    var matching: String?

    @Flag(name: .shortAndLong, help: "Do not ask.")
    var yes = false

    @Option(name: .long, help: ArgumentHelp("The cause to give, by Q.850.", valueName: "number"))
    var cause: Int?

    func validate() throws {
        if channel.isEmpty == (matching == nil) {
            throw ValidationError("Give either channels or --matching.")
        }
        if let cause, !(1...127).contains(cause) { throw ValidationError("--cause is 1 to 127.") }
    }

    func run() async throws {
        let service = try live.service()
        let channels = try await service.channels(named: channel, matching: matching)
        if channels.isEmpty { live.common.messages.total("No channel's name matches.") }
        if matching != nil, !yes, !channels.isEmpty {
            try Question.confirm("End these channels?", channels.map(\.name))
        }
        let result = try await service.hangUp(channels, cause: cause)
        try live.common.write(result, json: output.json) { result.ended }
        for end in result.ends where end.error != nil {
            live.common.messages.error("\(end.channel): \(end.error?.description ?? "")")
        }
        if let error = result.worst { throw ExitStatus(error).exitCode }
    }
}

extension HangupResult {
    /// The channels that are gone, one on each line.
    fileprivate var ended: String { ends.filter { $0.error == nil }.map { "\($0.channel)\n" }.joined() }

    /// The error that decides the status. That one channel may have been ended matters more than why another one was not.
    fileprivate var worst: ManagerError? {
        let errors = ends.compactMap(\.error)
        return errors.last { $0.code == .outcomeUnknown } ?? errors.last
    }
}
