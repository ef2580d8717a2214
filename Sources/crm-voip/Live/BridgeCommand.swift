import ArgumentParser
import AMIClient

struct BridgeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bridge",
        abstract: "Connect two channels with each other.",
        discussion: "Whom they talked with before is hung up."
    )

    @OptionGroup var live: LiveOptions

    @Argument(help: "A channel.")
    var first: String

    @Argument(help: "Another one.")
    var second: String

    @Flag(name: .long, help: "Both hear a beep.")
    var tone = false

    func run() async throws {
        try await live.withPBX { pbx in
            let control = CallControl(pbx)
            try await control.bridge(try await control.resolve(first), try await control.resolve(second), tone: tone)
        }
    }
}
