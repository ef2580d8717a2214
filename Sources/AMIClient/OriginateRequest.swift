public import AMI
import Base
public import Switchboard

/// A call to make: one party is called, and then connected to an extension or an application.
public struct OriginateRequest: Sendable {
    /// What the called party is connected to.
    public enum Destination: Sendable, Equatable {
        /// An extension of the dialplan, from priority 1.
        case exten(String, context: String)
        /// An application with its arguments.
        case application(String, data: String)
    }

    /// How far the call must get before the request is complete.
    public typealias Wait = OriginateWatch.Goal

    /// The channel to call first, such as `PJSIP/101`.
    public var channel: String
    /// What the called party is connected to.
    public var destination: Destination
    /// The caller id that is shown to the called party, such as `"Name" <number>`.
    public var callerID: String?
    /// Variables of the new channel.
    public var variables: [ChannelVariable] = []
    /// How long the called party's phone rings.
    public var timeout = OriginateRequest.usualTimeout
    /// How long a called party's phone rings by default.
    public static let usualTimeout: Duration = .seconds(30)
    /// The account code.
    public var account: String?
    /// Codecs to offer, separated by commas.
    public var codecs: String?
    /// The new channel's uniqueid. The PBX does not dial while another channel has it, so the same request can be
    /// repeated.
    public var channelID: String
    /// Whether the caller supplied the id, so that the call may exist already.
    let isRepeatable: Bool
    /// How far the call must get.
    public var wait = Wait.answered
    /// How long a bridge may take after the answer; there is no limit on waiting for the end of a call.
    public var bridgeTimeout: Duration = .seconds(180)

    /// A call.
    ///
    /// - Parameters:
    ///   - channel: The channel to call first.
    ///   - destination: What to connect it to.
    ///   - channelID: The new channel's uniqueid; nil generates one.
    public init(channel: String, destination: Destination, channelID: String? = nil) {
        self.channel = channel
        self.destination = destination
        self.isRepeatable = channelID != nil
        self.channelID = channelID ?? Self.newChannelID()
    }

    /// The prefix of the ids of this program's calls, in channels, events, queue_log and CDR alike.
    static let channelIDPrefix = "crm-"

    private static func newChannelID() -> String {
        channelIDPrefix + String(UInt64.random(in: .min ... .max), radix: 36)
    }

    /// The action that will be sent. It is always asynchronous: otherwise the PBX would handle nothing else until the
    /// answer.
    public var action: Action {
        var action = Action("Originate", .changes, ["Channel": channel])
        switch destination {
        case .exten(let exten, let context):
            action.add("Exten", exten)
            action.add("Context", context)
            action.add("Priority", "1")
        case .application(let name, let data):
            action.add("Application", name)
            action.add("Data", data)
        }
        action.add("Timeout", "\(timeout.wholeMilliseconds)")
        action.add("CallerID", callerID)
        for variable in variables { action.add("Variable", variable.header) }
        action.add("Account", account)
        action.add("Codecs", codecs)
        action.add("ChannelId", channelID)
        // A Local channel has two halves; the second needs a separate id.
        if channel.hasPrefix("Local/") { action.add("OtherChannelId", channelID + "-2") }
        action.add("Async", "true")
        return action
    }

    /// The packet as it would be sent, one string for each line, with secrets masked: for `--dry-run`.
    ///
    /// - Returns: The lines.
    /// - Throws: ``ManagerError`` with code `invalid` if it cannot be sent.
    public func preview() throws(ManagerError) -> [String] {
        try validate()
        do {
            return WireTrace.lines(of: try action.encoded(actionID: "1"))
        } catch {
            throw ManagerError(error)
        }
    }

    /// Refuses what Asterisk would accept but then treat differently.
    func validate() throws(ManagerError) {
        guard let slash = channel.firstIndex(of: "/"), slash != channel.startIndex, channel.last != "/" else {
            throw ManagerError(.invalid, "A channel is given as TECHNOLOGY/resource, for example PJSIP/101.")
        }
        guard !channel.contains(where: { "&,\"()[]{}$ ".contains($0) }) else {
            throw ManagerError(.invalid, "The channel has a character that a dialplan could take for something else.")
        }
        if case .exten(let exten, let context) = destination {
            let isPlain = { (text: String) in
                !text.isEmpty && text.utf8.count <= 80
                    && text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "+*#_.-".contains($0)) }
            }
            guard isPlain(exten) else {
                throw ManagerError(.invalid, "An extension is made of digits, letters and + * # _ . - only.")
            }
            guard isPlain(context) else { throw ManagerError(.invalid, "That is not the name of a context.") }
        }
        guard timeout >= .seconds(1), timeout <= .seconds(3600) else {
            throw ManagerError(.invalid, "The timeout is 1 second to 1 hour.")
        }
    }
}
