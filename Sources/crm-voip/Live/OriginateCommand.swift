import AMI
import AMIClient
public import ArgumentParser
import Services
public import Switchboard

struct OriginateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "originate",
        abstract: "Call somebody, and connect them to an extension or an application.",
        discussion: """
            The exit status is the outcome: 10 busy, 11 no answer, 12 congestion, 13 failed, 14 unknown. While a channel has \
            the given --channel-id, the PBX refuses a second one, so an order of unknown outcome can safely be repeated.
            """
    )

    @OptionGroup var live: LiveOptions
    @OptionGroup var output: JSONOption
    @OptionGroup var call: OriginateOptions

    @Flag(name: .long, help: "Say what would be sent, and send nothing.")
    var dryRun = false

    func run() async throws {
        let (service, request) = (try live.service(), try call.request())
        if dryRun {
            let preview = try service.preview(request)
            return try live.common.write(preview, json: output.json) { preview.packet.joined(separator: "\n") + "\n" }
        }
        do {
            try live.writeOutcome(try await service.originate(request), json: output.json)
        } catch let error as ManagerError where error.code == .cancelled {
            // The exit status is that of the signal, so only this message says which call may still be active.
            live.common.messages.error("\(error)")
            throw error
        }
    }
}

extension LiveOptions {
    /// Writes the outcome of a call, and ends with its status.
    func writeOutcome(_ result: OriginateResult, json: Bool) throws {
        let outcome = result.outcome
        try common.write(result, json: json) { "\(outcome.status.rawValue) \(outcome.channelID): \(outcome.detail)\n" }
        if outcome.exitStatus != .done { throw outcome.exitStatus.exitCode }
    }
}

/// Which call to make.
struct OriginateOptions: ParsableArguments {
    @Argument(help: "Whom to call, such as PJSIP/101.")
    var channel: String

    @Argument(help: "The extension to connect them to.")
    var exten: String?

    @Option(name: .long, help: "The extension's context.")
    var context = CallControl.usualContext

    @Option(name: .long, help: "An application instead of an extension.")
    var application: String?

    @Option(name: .long, help: "The application's arguments.")
    var data = ""

    @Option(
        name: .long,
        help: ArgumentHelp("What the called party sees, such as '\"Sales\" <100>'.", valueName: "caller-id")
    )
    var callerId: String?

    @Option(name: .long, help: ArgumentHelp("A channel variable; may be repeated.", valueName: "name=value"))
    var variable: [String] = []

    @Option(name: .long, help: ArgumentHelp("How long to ring.", valueName: "seconds"))
    var timeout = Int(OriginateRequest.usualTimeout / .seconds(1))

    @Option(name: .long, help: "The account code.")
    var account: String?

    @Option(name: .long, help: ArgumentHelp("Codecs to offer, separated by commas.", valueName: "list"))
    var codecs: String?

    @Option(name: .long, help: ArgumentHelp("The new channel's uniqueid.", valueName: "id"))
    var channelId: String?

    @Option(name: .long, help: "How far the call has to come: queued, answered, bridged or done.")
    var wait = OriginateRequest.Wait.answered

    func validate() throws {
        if (exten == nil) == (application == nil) {
            throw ValidationError("Give either an extension or --application.")
        }
        for text in variable where ChannelVariable(assignment: text) == nil {
            let name = text.prefix { $0 != "=" }
            throw ValidationError("--variable is NAME=value, and NAME is made of letters, digits and _, not \(name).")
        }
        if !(1...3600).contains(timeout) { throw ValidationError("--timeout is 1 to 3600 seconds.") }
    }

    func request() throws -> OriginateRequest {
        let destination =
            application.map { OriginateRequest.Destination.application($0, data: data) }
            ?? .exten(exten ?? "", context: context)
        var request = OriginateRequest(channel: channel, destination: destination, channelID: channelId)
        request.callerID = callerId
        request.variables = variable.compactMap { ChannelVariable(assignment: $0) }
        request.timeout = .seconds(timeout)
        request.account = account
        request.codecs = codecs
        request.wait = wait
        return request
    }
}

extension OriginateRequest.Wait: ExpressibleByArgument {}
