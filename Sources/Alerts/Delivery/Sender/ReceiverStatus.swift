public import Base

/// How the delivery to one receiver is going: for metrics, pages and `alerts list`.
public struct ReceiverStatus: Sendable, Equatable {
    /// The name in the configuration.
    public let name: String
    /// Messages that wait.
    public let queued: Int
    /// When the one that has been waiting longest was queued.
    public let oldest: Moment?
    /// What has been delivered and what has failed, since the spool was created.
    public let figures: SpoolState.Figures
    /// Since when every attempt has failed; nil if the last one did not.
    public let failingSince: Moment?
    /// Whether it has failed so often that only one attempt is made every five minutes.
    public let isBreakerOpen: Bool
    /// Why the last attempt failed; nil if it did not.
    public let reason: String?
}
