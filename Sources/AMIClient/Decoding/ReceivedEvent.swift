public import AMI
public import Base
public import Switchboard

/// An event as it came from the PBX, decoded once. Whoever keeps or prints what the PBX sent takes the messages; everybody else
/// takes the neutral events.
public struct ReceivedEvent: Sendable {
    /// One event of today's dialect. Most messages are one; `Bridge` of Asterisk 11 reports two channels and is two.
    public struct Part: Sendable {
        /// What happened.
        public let event: PBXEvent
        /// The message that says so, in today's dialect, values unescaped.
        public let message: Message
    }

    /// The message as it was sent.
    public let raw: Message
    /// What it says.
    public let parts: [Part]
    /// The PBX's clock at the event; nil if it sends no valid time.
    public let timestamp: Moment?

    /// Decodes a message.
    public init(_ raw: Message) {
        self.raw = raw
        parts = raw.normalised().map { Part(event: PBXEvent($0), message: $0) }
        timestamp = raw.timestamp
    }

    /// The event's name as it was sent.
    public var name: String { raw.eventName ?? "" }

    /// When it happened by the PBX's clock; `now` if the PBX sends no time.
    public func time(or now: Moment) -> Moment { timestamp ?? now }

    /// The messages in today's dialect.
    public func normalised() -> [Message] { parts.map(\.message) }
}
