import ArgumentParser
import AMIClient
import AMI

struct TransferCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "transfer",
        abstract: "Send a call to another extension.",
        discussion: """
            By default whoever talks with CHANNEL goes to EXTEN and CHANNEL is let go. With --attended CHANNEL talks to EXTEN \
            first. With --redirect CHANNEL itself goes; the party it talks with is hung up unless --with sends it somewhere.
            """
    )

    @OptionGroup var live: LiveOptions

    @Argument(help: "A channel of the call.")
    var channel: String

    @Argument(help: "Where to.")
    var exten: String

    @Option(name: .long, help: "The extension's context; the channel's own if it is not given.")
    var context: String?

    @Flag(name: .long, help: "CHANNEL talks to EXTEN first.")
    var attended = false

    @Flag(name: .long, help: "CHANNEL itself goes.")
    var redirect = false

    @Option(
        name: .long,
        parsing: .upToNextOption,
        help: ArgumentHelp("With --redirect: the other party's channel and where it goes.", valueName: "channel exten")
    )
    var with: [String] = []

    func validate() throws {
        if attended, redirect { throw ValidationError("--attended and --redirect exclude each other.") }
        if !with.isEmpty, !redirect || with.count != 2 {
            throw ValidationError("--with takes a channel and an extension, and belongs to --redirect.")
        }
    }

    func run() async throws {
        try await live.withPBX { pbx in
            let control = CallControl(pbx)
            let channel = try await control.resolve(channel)
            if redirect {
                try await control.redirect(channel, to: place(exten, channel), with: try await other(control))
            } else if attended {
                let isDone = try await control.attendedTransfer(channel, to: exten, context: context)
                if !isDone {
                    live.common.messages.warning("They still talk; the transfer is done when \(channel.name) hangs up.")
                }
            } else {
                try await control.blindTransfer(channel, to: exten, context: context)
            }
        }
    }

    private func place(_ exten: String, _ channel: ChannelSnapshot) -> CallControl.Place {
        CallControl.Place(
            exten: exten,
            context: context ?? (channel.context.isEmpty ? "from-internal" : channel.context)
        )
    }

    private func other(
        _ control: CallControl
    ) async throws -> (channel: ChannelSnapshot, place: CallControl.Place)? {
        guard let name = with.first, let exten = with.last else { return nil }
        let channel = try await control.resolve(name)
        return (channel, place(exten, channel))
    }
}
