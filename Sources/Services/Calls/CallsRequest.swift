public import Pipeline

/// Which calls `CallService` is asked for. What is `nil` asks for nothing.
public struct CallsRequest: Sendable {
    /// Who a call came from.
    public enum Direction: String, Sendable, CaseIterable { case inbound, outbound, `internal`, unknown }

    /// What became of a call.
    public enum Disposition: String, Sendable, CaseIterable {
        case answered
        case noAnswer = "no_answer"
        case busy, failed
    }

    /// The PBX, as the configuration names it.
    public var pbx: String?
    /// A number in any spelling, an extension, or the last digits of a number.
    public var number: String?
    /// A contact of the CRM: `KIND:ID`, or the id alone.
    public var contact: String?
    /// An agent: name, interface or extension. Calls from their phone count, too.
    public var agent: String?
    /// A queue that the call visited.
    public var queue: String?
    /// Who it came from.
    public var direction: Direction?
    /// What became of it.
    public var disposition: Disposition?
    /// A part of the recording's file name.
    public var recording: String?
    /// When it began; `nil` for any time.
    public var window: WindowRequest?
    /// The zone of the window and of the times shown; `nil` for the configuration's, else the PBX's.
    public var timeZone: String?
    /// Only calls that come after the one with this `call_id` in the list, so that a list can be read page by page.
    public var after: Int64?
    /// At most this many.
    public var limit = 50

    /// A request for the newest calls.
    public init() {}
}
