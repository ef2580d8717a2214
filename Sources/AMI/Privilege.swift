/// The classes of rights that the actions of the PBX require, and those that a user has.
public enum Privilege {
    /// The `write=` classes of manager.conf, any of which permits an action (Asterisk 22; `manager show command NAME`
    /// shows them for other versions). An empty list: every user who is logged in. Nil: the action is not in this
    /// table.
    public static func classes(for action: String) -> [String]? { table[action.lowercased()] }

    private static let table: [String: [String]] = {
        var table: [String: [String]] = [:]
        func add(_ classes: [String], _ actions: String...) {
            for action in actions { table[action.lowercased()] = classes }
        }
        add(
            [],
            "Ping",
            "Login",
            "Logoff",
            "Challenge",
            "Events",
            "ListCommands",
            "WaitEvent",
            "QueueStatus",
            "QueueSummary",
            "QueueRule",
            "QueueReload",
            "QueueReset",
            "BridgeList",
            "BridgeInfo",
            "BridgeDestroy",
            "BridgeKick"
        )
        add(
            ["call"],
            "Setvar",
            "Redirect",
            "Atxfer",
            "CancelAtxfer",
            "BlindTransfer",
            "PlayDTMF",
            "Bridge",
            "Park",
            "ParkedCalls",
            "Parkinglots"
        )
        add(["call", "reporting"], "Getvar", "DeviceStateList", "ExtensionState", "ExtensionStateList")
        add(["system", "call"], "Hangup", "AbsoluteTimeout")
        add(["system", "call", "reporting"], "Status")
        add(
            ["system", "reporting"],
            "CoreStatus",
            "CoreSettings",
            "CoreShowChannels",
            "SIPpeers",
            "IAXpeers",
            "PJSIPShowRegistrationsOutbound",
            "SIPshowregistry"
        )
        add(["reporting"], "ConfbridgeList", "ConfbridgeListRooms")
        add(
            ["system"],
            "PJSIPShowEndpoints",
            "PJSIPShowContacts",
            "PJSIPShowRegistrationsInbound",
            "Filter"
        )
        add(
            ["agent"],
            "QueueAdd",
            "QueueRemove",
            "QueuePause",
            "QueuePenalty",
            "QueueMemberRingInUse",
            "QueueLog",
            "Agents"
        )
        add(["originate"], "Originate")
        add(["command"], "Command")
        add(["config", "system"], "Reload")
        add(["user"], "UserEvent")
        return table
    }()

    /// The actions that a user may run, from the reply to `ListCommands`, each with the classes that permit it.
    public static func permitted(in listCommands: Message) -> [String: [String]] {
        var permitted: [String: [String]] = [:]
        for field in listCommands.fields {
            guard let open = field.value.range(of: "(Priv: "), field.value.hasSuffix(")") else { continue }
            let classes = field.value[open.upperBound...].dropLast().split(separator: ",").map(String.init)
            permitted[field.name] = classes.filter { $0 != "<none>" && $0 != "all" }
        }
        return permitted
    }
}

extension String {
    /// The last occurrence of `other`.
    fileprivate func range(of other: String) -> Range<Index>? {
        var index = endIndex
        while index > startIndex {
            index = self.index(before: index)
            if self[index...].hasPrefix(other) { return index..<self.index(index, offsetBy: other.count) }
        }
        return nil
    }
}
