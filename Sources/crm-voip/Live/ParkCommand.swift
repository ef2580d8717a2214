import AMIClient
import ArgumentParser
import Services

struct ParkCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "park",
        abstract: "Park a call, and print the slot from which to fetch it."
    )

    @OptionGroup var live: LiveOptions
    @OptionGroup var output: JSONOption

    @Argument(help: "The channel to park.")
    var channel: String

    @Option(name: .long, help: "The parking lot.")
    var lot: String?

    @Option(name: .long, help: ArgumentHelp("How long until the call comes back.", valueName: "seconds"))
    var timeout: Int?

    @Option(name: .long, help: ArgumentHelp("Who hears the slot and gets the call back.", valueName: "channel"))
    var announce: String?

    func validate() throws {
        if let timeout, !(1...86_400).contains(timeout) { throw ValidationError("--timeout is 1 to 86400 seconds.") }
    }

    func run() async throws {
        let result = try await live.service().park(channel, lot: lot, seconds: timeout, announce: announce)
        try live.common.write(result, json: output.json) { "\(result.slot.space)\n" }
    }
}
