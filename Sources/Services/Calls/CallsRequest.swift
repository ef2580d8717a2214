public import Pipeline

/// Which calls `CallService` should find. A value of `nil` does not restrict the result.
public struct CallsRequest: Sendable {
    /// The direction of a call.
    public enum Direction: String, Sendable, CaseIterable { case inbound, outbound, `internal`, unknown }

    /// The outcome of a call.
    public enum Disposition: String, Sendable, CaseIterable {
        case answered
        case noAnswer = "no_answer"
        case busy, failed
    }

    /// The PBX, by its name in the configuration.
    public var pbx: String?
    /// A number in any spelling, an extension, or the last digits of a number.
    public var number: String?
    /// A contact of the CRM: `KIND:ID`, or the id alone.
    public var contact: String?
    /// An agent: name, interface or extension. Calls from the agent's phone are included.
    public var agent: String?
    /// A queue that the call visited.
    public var queue: String?
    /// The direction.
    public var direction: Direction?
    /// The outcome.
    public var disposition: Disposition?
    /// A part of the recording's file name.
    public var recording: String?
    /// When it began; `nil` for any time.
    public var window: WindowRequest?
    /// The zone of the window and of the displayed times; `nil` for the configured one, or else the PBX's.
    public var timeZone: String?
    /// Only calls after the one with this `call_id` in the list, so that a list can be read page by page.
    public var after: Int64?
    /// At most this many.
    public var limit = 50

    /// A request for the newest calls.
    public init() {}
}
