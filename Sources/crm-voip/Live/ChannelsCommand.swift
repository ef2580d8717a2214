import AMI
import AMIClient
import ArgumentParser
import Base
import Services
import Switchboard

struct ChannelsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "channels", abstract: "List channels, or calls.")

    @OptionGroup var live: LiveOptions
    @OptionGroup var output: JSONOption

    @Flag(name: .long, help: "Fold channels that belong together into calls.")
    var calls = false

    func run() async throws {
        let now = Moment.now
        let channels = try await live.withPBX { try await CallControl($0).channels() }
        let style = live.common.terminal.outputStyle
        guard calls else {
            return try live.write(output.json, .array(channels.map(\.json)), ChannelTable.text(channels, style))
        }
        var folded = ActiveCalls()
        folded.replace(with: channels, at: now)
        let list = folded.longestFirst
        try live.write(output.json, .array(list.map { $0.json(at: now) }), ChannelTable.text(list, at: now, style))
    }
}

/// Channels and calls as tables.
enum ChannelTable {
    static func text(_ channels: [ChannelSnapshot], _ style: Style) -> String {
        let rows = channels.map { channel in
            [
                channel.name, channel.state?.shown ?? "", channel.seconds.map { LiveText.clock(.seconds($0)) } ?? "",
                LiveText.party(channel.callerNumber, channel.callerName),
                LiveText.party(channel.connectedNumber, channel.connectedName), "\(channel.exten)@\(channel.context)",
                channel.application, channel.uniqueid,
            ]
        }
        let heads = [
            localized("CHANNEL", context: "heading"),
            localized("STATE", context: "heading"),
            localized("TIME", context: "heading"),
            localized("CALLER", context: "heading"),
            localized("TALKS WITH", context: "heading"),
            localized("AT", context: "heading"),
            localized("APPLICATION", context: "heading"),
            localized("UNIQUEID", context: "heading"),
        ]
        return LiveText.table(heads, rows, style: style)
    }

    static func text(_ calls: [ActiveCalls.Call], at now: Moment, _ style: Style) -> String {
        let rows = calls.map { call in
            [
                call.id, call.stage.word, LiveText.clock(now - call.startedAt),
                LiveText.party(call.callerNumber, call.callerName), call.dialled, call.queue, call.agent,
                call.legs.map(\.name).joined(separator: " "),
            ]
        }
        let heads = [
            localized("CALL", context: "heading"),
            localized("STAGE", context: "heading"),
            localized("TIME", context: "heading"),
            localized("CALLER", context: "heading"),
            localized("DIALLED", context: "heading"),
            localized("QUEUE", context: "heading"),
            localized("AGENT", context: "heading"),
            localized("CHANNELS", context: "heading"),
        ]
        return LiveText.table(heads, rows, style: style)
    }
}
