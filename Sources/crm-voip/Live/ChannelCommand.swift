import AMI
import AMIClient
import ArgumentParser
import Base
import Services
import Switchboard

struct ChannelCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "channel",
        abstract: "Show one channel with its variables.",
        discussion:
            "Give a channel's name, its uniqueid, or a beginning of its name that only one channel has."
    )

    @OptionGroup var live: LiveOptions
    @OptionGroup var output: JSONOption

    @Argument(help: "The channel.")
    var channel: String

    @Option(name: .long, help: ArgumentHelp("These variables or functions only.", valueName: "a,b"))
    var variables: String?

    func run() async throws {
        let names = variables.map { $0.split(separator: ",").map(String.init) }
        let found = try await live.withPBX { try await CallControl($0).channel(channel, variables: names) }
        try live.write(output.json, found.json, ChannelTable.text(found))
    }
}

extension ChannelTable {
    /// One channel, with one fact on each line.
    static func text(_ channel: ChannelSnapshot) -> String {
        let called = LiveText.party(channel.callerNumber, channel.callerName)
        let connected = LiveText.party(channel.connectedNumber, channel.connectedName)
        let facts = [
            (localized("channel", context: "channel facts"), channel.name),
            (localized("uniqueid", context: "channel facts"), channel.uniqueid),
            (localized("linkedid", context: "channel facts"), channel.linkedid),
            (localized("state", context: "channel facts"), channel.state?.shown ?? ""),
            (localized("time", context: "channel facts"), channel.seconds.map { LiveText.clock(.seconds($0)) } ?? ""),
            (localized("caller", context: "channel facts"), called),
            (localized("talks with", context: "channel facts"), connected),
            (localized("at", context: "channel facts"), "\(channel.exten)@\(channel.context),\(channel.priority)"),
            (
                localized("application", context: "channel facts"),
                "\(channel.application)(\(channel.applicationData))"
            ),
            (localized("account", context: "channel facts"), channel.account),
            (localized("bridge", context: "channel facts"), channel.bridgeID),
        ]
        let lines = facts.filter { !$0.1.isEmpty }.map { name, value in
            LiveText.padded(name, 14) + PrintableText.of(value) + "\n"
        }
        let variables = channel.variables.map {
            "  \($0.name) = \(PrintableText.of(WireTrace.shown($0.value, of: $0.name)))\n"
        }
        return lines.joined()
            + (variables.isEmpty ? "" : localized("variables", context: "channel facts") + "\n" + variables.joined())
    }
}
