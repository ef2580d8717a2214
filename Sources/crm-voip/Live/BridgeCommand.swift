import ArgumentParser
import Services

struct BridgeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bridge",
        abstract: "Connect two channels with each other.",
        discussion: "The parties they were talking to before are hung up."
    )

    @OptionGroup var live: LiveOptions
    @OptionGroup var output: JSONOption

    @Argument(help: "A channel.")
    var first: String

    @Argument(help: "Another one.")
    var second: String

    @Flag(name: .long, help: "Both hear a beep.")
    var tone = false

    func run() async throws {
        let result = try await live.service().bridge(first, second, tone: tone)
        try live.common.write(result, json: output.json) { "" }
    }
}
