public import AMI
import AMIClient
public import Base
import CallRecords
public import Switchboard

/// One item to show: an event, or its effect on a call.
public enum ShownEvent: Sendable {
    /// An event in the dialect of current Asterisk versions, with secrets masked.
    case event(Message, at: Moment)
    /// The effect of an event on a call.
    case call(CallChange)
    /// What became of a call.
    case news(CallNews)
}

/// The effect of an event on a call, with everything that a screen pop needs.
public struct CallChange: ServiceResult {
    /// The event's name.
    public var event: String
    /// When it happened.
    public var at: Moment
    /// The call, and how it ended if it did.
    public var change: ActiveCalls.Change
    /// Who the parties are.
    public var parties: CallDescription

    /// The change as an object.
    public var json: JSON {
        guard case .object(let members) = change.call.json(at: at) else { return .null }
        var into = JSON.null
        if case .mergedInto(let id) = change.end { into = .string(id) }
        return .object(
            [("event", .string(event)), ("over", .boolean(change.end != nil))] + members + [
                ("schema_version", .integer(1)), ("at", .string(at.iso8601)), ("into", into),
                ("direction", .string(parties.direction.rawValue)),
                ("number_e164", parties.number.map(JSON.string) ?? .null),
                ("contact", parties.contact?.json ?? .null),
                ("extension", parties.extension.map(JSON.string) ?? .null),
            ]
        )
    }
}
