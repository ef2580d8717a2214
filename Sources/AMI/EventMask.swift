/// Which classes of events a session asks for.
///
/// Asterisk ignores words that it does not know, and a mask of only such words silently means none; so only known words can
/// be made into a mask.
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

    /// Events of some classes; nil if one of them is not a class or there is none.
    public init?(classes: [String]) {
        let lower = classes.map { $0.lowercased() }
        guard !lower.isEmpty, lower.allSatisfy(Self.classes.contains) else { return nil }
        self.description = lower.joined(separator: ",")
    }

    /// Calls, queues and user events: what call control and the queue board watch.
    public static let callControl = Self(description: "call,agent,user")
}
