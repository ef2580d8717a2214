public import ArgumentParser
public import AMIClient
import AMI
import Services

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
        let desk = try OrderDesk(try live.common.settings(), pbx: live.target.pbx)
        let outcome = try await live.withPBX { pbx in
            let control = CallControl(pbx)
            let heard = try await control.resolve(channel)
            let order = Order(
                "spy",
                target: "\(supervisor) on \(heard.name)",
                demands: [.channel(supervisor), .spy(supervisor: supervisor, channel: heard.name)],
                isCall: true
            )
            return try await desk.carryOut(order) { () async throws(ManagerError) in
                try await control.ownCalls()
            } outcome: {
                ($0.status.rawValue, $0.detail)
            } _: { () async throws(ManagerError) in
                try await control.spy(supervisor, on: heard, mode: mode)
            }
        }
        try live.write(output.json, outcome.json, "\(outcome.channelID): \(outcome.detail)\n")
        if outcome.exitStatus != .done { throw outcome.exitStatus.exitCode }
    }
}

extension CallControl.SpyMode: ExpressibleByArgument {}
