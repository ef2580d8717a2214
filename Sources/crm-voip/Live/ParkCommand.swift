import ArgumentParser
import Base
import AMIClient
import AMI

struct ParkCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "park",
        abstract: "Park a call, and print the slot that gets it back."
    )

    @OptionGroup var live: LiveOptions
    @OptionGroup var output: JSONOption

    @Argument(help: "The channel to park.")
    var channel: String

    @Option(name: .long, help: "The parking lot.")
    var lot: String?

    @Option(name: .long, help: ArgumentHelp("When the call comes back.", valueName: "seconds"))
    var timeout: Int?

    @Option(name: .long, help: ArgumentHelp("Who hears the slot and gets the call back.", valueName: "channel"))
    var announce: String?

    func run() async throws {
        let slot = try await live.withPBX { pbx in
            let control = CallControl(pbx)
            var hearer: String?
            if let announce { hearer = try await control.resolve(announce).name }
            let parkee = try await control.resolve(channel)
            return try await control.park(parkee, lot: lot, timeout: timeout.map { .seconds($0) }, announce: hearer)
        }
        let json = JSON.object([
            ("space", .string(slot.space)), ("lot", .string(slot.lot)),
            ("seconds", slot.seconds.map(JSON.integer) ?? .null),
        ])
        try live.write(output.json, json, "\(slot.space)\n")
    }
}
