/// The classes of events that a session requests, such as `[.call, .agent]`.
///
/// Asterisk ignores unknown words, and a mask of only unknown words silently means no events; so a mask consists of known
/// classes only.
public struct EventMask: Sendable, Equatable, CustomStringConvertible, ExpressibleByArrayLiteral {
    /// A class of events that Asterisk knows (main/manager.c, `perms`). The user needs the same class in `read=`.
    public enum Class: String, Sendable, CaseIterable {
        case system, call, log, verbose, command, agent, user, config, dtmf, reporting, cdr, dialplan, originate, agi
        case cc, aoc, test, security, message
    }

    /// The names of all classes.
    public static let classes = Class.allCases.map(\.rawValue)

    /// No events.
    public static let off: Self = []
    /// Every event that the user may read.
    public static let on = Self(description: "on")
    /// Calls, queues and user events: what call control and the queue board need.
    public static let callControl: Self = [.call, .agent, .user]

    /// The mask as it is sent.
    public let description: String

    private init(description: String) {
        self.description = description
    }

    /// Events of some classes; of no class, no events.
    public init(_ classes: some Sequence<Class>) {
        let names = classes.map(\.rawValue)
        self.description = names.isEmpty ? "off" : names.joined(separator: ",")
    }

    /// Events of some classes.
    public init(arrayLiteral classes: Class...) {
        self.init(classes)
    }

    /// Events of the classes that a user names, in any case; nil if a name is unknown or none is given.
    public init?(names: [String]) {
        let classes = names.compactMap { Class(rawValue: $0.lowercased()) }
        guard !names.isEmpty, classes.count == names.count else { return nil }
        self.init(classes)
    }
}
