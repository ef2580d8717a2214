public import AMIClient
public import ArgumentParser
import Services
import Switchboard

struct SpyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "spy",
        abstract: "Let a supervisor hear somebody's call.",
        discussion:
            """
            It is done when the supervisor hears the call. Nobody may hear anybody unless the key `spy` of the dial guard says \
            so.
            """
    )

    @OptionGroup var live: LiveOptions
    @OptionGroup var output: JSONOption

    @Argument(help: "Whom to call, such as PJSIP/200.")
    var supervisor: String

    @Argument(help: "The channel to hear.")
    var channel: String

    @Option(name: .long, help: "listen; whisper: speak to CHANNEL only; barge: speak to both.")
    var mode = CallControl.SpyMode.listen

    func run() async throws {
        let result = try await live.service().spy(supervisor, on: channel, mode: mode)
        try live.writeOutcome(result, json: output.json)
    }
}

extension CallControl.SpyMode: ExpressibleByArgument {}
