public import AMI
public import Switchboard

extension ChannelSnapshot {
    /// Reads a channel from a message; nil if no channel is named.
    ///
    /// - Parameters:
    ///   - message: A list item or event, in today's dialect.
    ///   - prefix: The prefix of each header: "" or, in events about two channels, for example "Dest".
    public init?(_ message: Message, prefix: String = "") {
        guard let name = message.nonEmpty(prefix + "Channel") else { return nil }
        self.init(name: name, message, prefix)
    }

    /// The channel that an event is about. Some events identify it only by uniqueid.
    init?(of event: Message) {
        let name = event.nonEmpty("Channel")
        guard name != nil || event.nonEmpty("Uniqueid") != nil else { return nil }
        self.init(name: name ?? "", event, "")
    }

    private init(name: String, _ message: Message, _ prefix: String) {
        let text = { (keys: String...) in keys.lazy.compactMap { message.nonEmpty(prefix + $0) }.first ?? "" }
        self.init(name: name, uniqueid: text("Uniqueid"), linkedid: text("Linkedid"))
        state = (message.integer(prefix + "ChannelState") ?? message.integer(prefix + "State")).flatMap(
            State.init(rawValue:)
        )
        context = text("Context")
        exten = text("Exten", "Extension")
        priority = text("Priority")
        application = text("Application")
        applicationData = text("ApplicationData", "Data", "AppData")
        callerNumber = text("CallerIDNum", "CallerID")
        callerName = text("CallerIDName")
        connectedNumber = text("ConnectedLineNum", "EffectiveConnectedLineNum")
        connectedName = text("ConnectedLineName", "EffectiveConnectedLineName")
        account = text("AccountCode", "Accountcode")
        bridgeID = text("BridgeId", "BridgeID", "BridgedChannel")
        seconds = message.integer(prefix + "Seconds") ?? message[prefix + "Duration"].flatMap(Self.seconds(of:))
        if let known = seconds, !(0...Message.longestSpan).contains(known) { seconds = nil }
        variables = message.values(of: "Variable").compactMap(Self.variable(of:))
    }

    /// `HH:MM:SS`, with any number of hours, or plain seconds; nil for anything else, or for more than a channel can
    /// last.
    static func seconds(of duration: String) -> Int? {
        let parts = duration.split(separator: ":", omittingEmptySubsequences: false).map { Int($0) }
        guard !parts.isEmpty, parts.count <= 3 else { return nil }
        var total = 0
        for part in parts {
            guard let part, (0...Message.longestSpan).contains(part) else { return nil }
            total = total * 60 + part
        }
        return total <= Message.longestSpan ? total : nil
    }

    private static func variable(of text: String) -> CallVariable? {
        guard let equals = text.firstIndex(of: "=") else { return nil }
        return CallVariable(name: String(text[..<equals]), value: String(text[text.index(after: equals)...]))
    }
}
