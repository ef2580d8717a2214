public import AMI
import Base
public import Switchboard

/// A call to be made: one party is called, and then connected to an extension or an application.
public struct OriginateRequest: Sendable {
    /// What the called party is connected to.
    public enum Destination: Sendable, Equatable {
        /// An extension of the dialplan, from priority 1.
        case exten(String, context: String)
        /// An application with its arguments.
        case application(String, data: String)
    }

    /// How far the call has to come before the order is done.
    public typealias Wait = OriginateWatch.Goal

    /// Whom to call first, as `PJSIP/101`.
    public var channel: String
    /// What the called party is connected to.
    public var destination: Destination
    /// The caller id that the called party sees, as `"Name" <number>`.
    public var callerID: String?
    /// Variables of the new channel.
    public var variables: [ChannelVariable] = []
    /// How long the called party is rung.
    public var timeout = OriginateRequest.usualTimeout
    /// How long a called party is rung if nothing else is said.
    public static let usualTimeout: Duration = .seconds(30)
    /// The account code.
    public var account: String?
    /// Codecs to offer, by commas.
    public var codecs: String?
    /// The new channel's uniqueid. The PBX dials nothing while a channel has it, so the same order can be given again.
    public var channelID: String
    /// Whether the caller gave the id, so that the call may be there already.
    let isRepeatable: Bool
    /// How far the call has to come.
    public var wait = Wait.answered
    /// How long a bridge may take after the answer; the end of a call is waited for without limit.
    public var bridgeTimeout: Duration = .seconds(180)

    /// A call.
    ///
    /// - Parameters:
    ///   - channel: Whom to call first.
    ///   - destination: What to connect it to.
    ///   - channelID: The new channel's uniqueid; nil makes one up.
    public init(channel: String, destination: Destination, channelID: String? = nil) {
        self.channel = channel
        self.destination = destination
        self.isRepeatable = channelID != nil
        self.channelID = channelID ?? Self.newChannelID()
    }

    /// Ids of this program's calls begin so, in channels, events, queue_log and CDR alike.
    static let channelIDPrefix = "crm-"

    private static func newChannelID() -> String {
        channelIDPrefix + String(UInt64.random(in: .min ... .max), radix: 36)
    }

    /// The action that will be sent. It never waits for the answer itself: until then the PBX would serve nothing else.
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
        // A Local channel has two halves; the second needs an id of its own.
        if channel.hasPrefix("Local/") { action.add("OtherChannelId", channelID + "-2") }
        action.add("Async", "true")
        return action
    }

    /// The packet as it would be sent, one line a string, secrets masked: for `--dry-run`.
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

    /// Refuses what Asterisk would take and then do something else with.
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
