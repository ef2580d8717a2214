/// A channel as the PBX describes it at one moment: an item of a list, or an event's subject.
public struct ChannelSnapshot: Sendable, Equatable {
    /// `AST_STATE_*` (include/asterisk/channelstate.h).
    public enum State: Int, Sendable {
        case down, reserved, offHook, dialling, ring, ringing, up, busy, diallingOffHook, preRing

        /// One word for a table.
        public var word: String {
            switch self {
            case .down: "down"
            case .reserved: "reserved"
            case .offHook, .diallingOffHook: "off-hook"
            case .dialling: "dialling"
            case .ring: "ring"
            case .ringing, .preRing: "ringing"
            case .up: "up"
            case .busy: "busy"
            }
        }
    }

    /// The channel's name, such as `PJSIP/101-0000002a`.
    public var name: String
    /// Unique on this PBX.
    public var uniqueid: String
    /// The uniqueid of the channel that began the call. Empty on Asterisk 11, which does not report it.
    public var linkedid: String
    /// The channel's state, if the PBX reported a known one.
    public var state: State?
    /// The dialplan context of the channel.
    public var context: String
    /// The extension in that context.
    public var exten: String
    /// The priority in that extension.
    public var priority: String
    /// The application that it runs.
    public var application: String
    /// That application's arguments.
    public var applicationData: String
    /// The caller's number; empty if there is none.
    public var callerNumber: String
    /// The caller's name; empty if there is none.
    public var callerName: String
    /// The other party's number.
    public var connectedNumber: String
    /// The other party's name.
    public var connectedName: String
    /// The account code.
    public var account: String
    /// The bridge that the channel is in; on Asterisk 11 the other channel's name; empty if none.
    public var bridgeID: String
    /// Seconds since the channel was created, if the PBX reports them.
    public var seconds: Int?
    /// The requested variables, in order.
    public var variables: [CallVariable]

    /// A channel of which only the name and uniqueid are known.
    public init(name: String, uniqueid: String, linkedid: String = "") {
        self.name = name
        self.uniqueid = uniqueid
        self.linkedid = linkedid
        context = ""
        exten = ""
        priority = ""
        application = ""
        applicationData = ""
        callerNumber = ""
        callerName = ""
        connectedNumber = ""
        connectedName = ""
        account = ""
        bridgeID = ""
        variables = []
    }

    /// The part of a Local channel's name that its two halves share, or nil for other channels.
    public var localBase: String? {
        guard name.hasPrefix("Local/"), name.hasSuffix(";1") || name.hasSuffix(";2") else { return nil }
        return String(name.dropLast(2))
    }
}
