public import Base

/// One message for one receiver: what the spool keeps until it is delivered.
public struct AlertMessage: Sendable, Equatable, Codable {
    /// Why the message is sent.
    public enum Reason: String, Sendable, Codable {
        /// Alerts of a group began to fire.
        case firing
        /// All alerts of a group are resolved.
        case resolved
        /// A group still fires; sent at the configured interval.
        case reminder
        /// The daily sign of life.
        case alive
        /// `alerts send-test`.
        case test
        /// Something happened to a call.
        case call
        /// A list of missed calls.
        case digest
    }

    /// What software is told about a call.
    public struct CallBody: Sendable, Equatable, Codable {
        /// The event, such as `call.ringing`.
        public let event: String
        /// The JSON object for software, on one line.
        public let json: String
        /// When the message is of no more use; nil if it is tried for as long as others.
        public let expiresAt: Moment?

        /// A body.
        public init(event: String, json: String, expiresAt: Moment? = nil) {
            (self.event, self.json, self.expiresAt) = (event, json, expiresAt)
        }
    }

    /// Unique, and the same at every attempt, so that a receiver can recognise a message that it gets twice.
    public let id: String
    /// The receiver's name in the configuration.
    public let receiver: String
    /// Why it is sent.
    public let reason: Reason
    /// What the alerts have in common (`rule` and pbx); messages with the same key are one conversation.
    public let group: String
    /// The alerts of the group, firing ones first. Empty for a sign of life.
    public let alerts: [Alert]
    /// When the message entered the spool.
    public let createdAt: Moment
    /// What software is told about a call; nil for all reasons but `call`.
    public let call: CallBody?

    /// A message as it enters the spool.
    public init(
        id: String,
        receiver: String,
        reason: Reason,
        group: String,
        alerts: [Alert],
        createdAt: Moment,
        call: CallBody? = nil
    ) {
        self.id = id
        self.receiver = receiver
        self.reason = reason
        self.group = group
        self.alerts = alerts
        self.createdAt = createdAt
        self.call = call
    }
}
