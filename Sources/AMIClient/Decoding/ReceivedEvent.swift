public import AMI
public import Base
public import Switchboard

/// An event as received from the PBX, decoded once. Code that stores or prints what the PBX sent uses the messages; all
/// other code uses the neutral events.
public struct ReceivedEvent: Sendable {
    /// One event in today's dialect. Most messages are one event; `Bridge` of Asterisk 11 reports two channels and
    /// becomes two.
    public struct Part: Sendable {
        /// What happened.
        public let event: PBXEvent
        /// The message that reports it, in today's dialect, with values unescaped.
        public let message: Message
    }

    /// The message as sent by the PBX.
    public let raw: Message
    /// The events in it.
    public let parts: [Part]
    /// The PBX's clock at the event; nil if the PBX sends no valid time.
    public let timestamp: Moment?

    /// Decodes a message.
    public init(_ raw: Message) {
        self.raw = raw
        parts = raw.normalised().map { Part(event: PBXEvent($0), message: $0) }
        timestamp = raw.timestamp
    }

    /// The event's name as sent by the PBX.
    public var name: String { raw.eventName ?? "" }

    /// When it happened by the PBX's clock; `now` if the PBX sends no time.
    public func time(or now: Moment) -> Moment { timestamp ?? now }

    /// The messages in today's dialect.
    public func normalised() -> [Message] { parts.map(\.message) }
}
