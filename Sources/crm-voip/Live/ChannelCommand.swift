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
        let facts = [
            ("channel", channel.name), ("uniqueid", channel.uniqueid), ("linkedid", channel.linkedid),
            ("state", channel.state?.word ?? ""), ("time", channel.seconds.map { LiveText.clock(.seconds($0)) } ?? ""),
            ("caller", LiveText.party(channel.callerNumber, channel.callerName)),
            ("talks with", LiveText.party(channel.connectedNumber, channel.connectedName)),
            ("at", "\(channel.exten)@\(channel.context),\(channel.priority)"),
            ("application", "\(channel.application)(\(channel.applicationData))"), ("account", channel.account),
            ("bridge", channel.bridgeID),
        ]
        let lines = facts.filter { !$0.1.isEmpty }.map { name, value in
            name + String(repeating: " ", count: 14 - name.count) + PrintableText.of(value) + "\n"
        }
        let variables = channel.variables.map {
            "  \($0.name) = \(PrintableText.of(WireTrace.shown($0.value, of: $0.name)))\n"
        }
        return lines.joined() + (variables.isEmpty ? "" : "variables\n" + variables.joined())
    }
}
