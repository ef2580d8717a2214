import AMIClient
import ArgumentParser
import Services

struct DTMFCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "dtmf",
        abstract: "Play digits on a channel.",
        discussion: "Digits are 0-9, *, #, A-D; w waits half a second, W a second."
    )

    @OptionGroup var live: LiveOptions
    @OptionGroup var output: JSONOption

    @Argument(help: "The channel that hears them.")
    var channel: String

    @Argument(help: "The digits.")
    var digits: String

    @Option(name: .long, help: ArgumentHelp("How long a digit sounds.", valueName: "ms"))
    var duration = Int(CallControl.usualDigitLength / .milliseconds(1))

    @Option(name: .long, help: ArgumentHelp("How long the pause between two digits is.", valueName: "ms"))
    var gap = Int(CallControl.usualDigitGap / .milliseconds(1))

    @Flag(name: .long, help: "Act as if the channel had sent them.")
    var receive = false

    func validate() throws {
        if !(40...10_000).contains(duration) || !(0...10_000).contains(gap) {
            throw ValidationError("--duration is 40 to 10000 ms, --gap 0 to 10000.")
        }
    }

    func run() async throws {
        let result = try await live.service().play(
            digits,
            on: channel,
            duration: .milliseconds(duration),
            gap: .milliseconds(gap),
            receive: receive
        )
        try live.common.write(result, json: output.json) { "" }
    }
}
