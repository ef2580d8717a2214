import ArgumentParser
import AMIClient
import AMI

struct HangupCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "hangup",
        abstract: "End channels.",
        discussion:
            "A channel is named by its name, its uniqueid, or a beginning of its name that only one channel has."
    )

    @OptionGroup var live: LiveOptions

    @Argument(help: "Channels to end.")
    var channel: [String] = []

    @Option(
        name: .long,
        help: ArgumentHelp("End all channels whose name matches; they are shown first.", valueName: "regex")
    )
    var matching: String?

    @Flag(name: .shortAndLong, help: "Do not ask.")
    var yes = false

    @Option(name: .long, help: ArgumentHelp("The cause to give, by Q.850.", valueName: "number"))
    var cause: Int?

    func validate() throws {
        if channel.isEmpty == (matching == nil) {
            throw ValidationError("Give channels or --matching, one of the two.")
        }
        if let cause, !(1...127).contains(cause) { throw ValidationError("--cause is 1 to 127.") }
    }

    func run() async throws {
        try await live.withPBX { pbx in
            let control = CallControl(pbx)
            try await HangupFrontend(control: control, messages: live.common.messages, cause: cause)
                .end(try await chosen(control))
        }
    }

    private func chosen(_ control: CallControl) async throws -> [ChannelSnapshot] {
        guard let matching else {
            var found: [ChannelSnapshot] = []
            for name in channel { found.append(try await control.resolve(name)) }
            return found
        }
        let found = try await control.channels(matching: matching)
        if found.isEmpty { live.common.messages.total("No channel's name matches.") }
        if !yes, !found.isEmpty { try Question.confirm("End these channels?", found.map(\.name)) }
        return found
    }
}

/// Ends one channel after the other and tells each.
struct HangupFrontend {
    let control: CallControl
    let messages: Messages
    let cause: Int?

    func end(_ channels: [ChannelSnapshot]) async throws {
        var last: ManagerError?
        for channel in channels {
            do {
                try await control.hangup(channel, cause: cause)
                try StandardOutput.write("\(channel.name)\n")
            } catch let error as ManagerError {
                messages.error("\(channel.name): \(error)")
                last = error
            }
        }
        if let last { throw ExitStatus(last).exitCode }
    }
}
