public import ArgumentParser
public import AMIClient
import AMI

struct SpyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "spy",
        abstract: "Let a supervisor hear somebody's call.",
        discussion:
            "It is done when the supervisor hears the call. The dial guard decides on the call to the supervisor."
    )

    @OptionGroup var live: LiveOptions
    @OptionGroup var output: JSONOption

    @Argument(help: "Whom to call, as PJSIP/200.")
    var supervisor: String

    @Argument(help: "The channel to hear.")
    var channel: String

    @Option(name: .long, help: "listen; whisper: speak to CHANNEL only; barge: speak to both.")
    var mode = CallControl.SpyMode.listen

    func run() async throws {
        let dialGuard = try DialGuard(try live.common.settings(), pbx: live.target.pbx)
        let outcome = try await live.withPBX { pbx in
            let control = CallControl(pbx)
            let heard = try await control.resolve(channel)
            return try await control.spy(supervisor, on: heard, mode: mode, guardedBy: dialGuard)
        }
        try live.write(output.json, outcome.json, "\(outcome.channelID): \(outcome.detail)\n")
        if outcome.exitStatus != .done { throw outcome.exitStatus.exitCode }
    }
}

extension CallControl.SpyMode: ExpressibleByArgument {}
