/// The classes of events that a session requests.
///
/// Asterisk ignores unknown words, and a mask of only unknown words silently means no events; so a mask can be made of
/// known words only.
public struct EventMask: Sendable, Equatable, CustomStringConvertible {
    /// The classes that Asterisk knows (main/manager.c, `perms`).
    public static let classes = [
        "system", "call", "log", "verbose", "command", "agent", "user", "config", "dtmf", "reporting", "cdr",
        "dialplan",
        "originate", "agi", "cc", "aoc", "test", "security", "message",
    ]

    /// No events.
    public static let off = Self(description: "off")
    /// Every event that the user may read.
    public static let on = Self(description: "on")

    /// The mask as it is sent.
    public let description: String

    private init(description: String) {
        self.description = description
    }

    /// Events of some classes; nil if one of them is not a class, or if there are none.
    public init?(classes: [String]) {
        let lower = classes.map { $0.lowercased() }
        guard !lower.isEmpty, lower.allSatisfy(Self.classes.contains) else { return nil }
        self.description = lower.joined(separator: ",")
    }

    /// Calls, queues and user events: what call control and the queue board need.
    public static let callControl = Self(description: "call,agent,user")
}
