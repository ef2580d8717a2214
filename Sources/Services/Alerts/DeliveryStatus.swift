import Alerts
public import Base

/// How the delivery of alerts to one receiver is going.
public struct DeliveryStatus: Sendable, Equatable {
    /// The receiver's name in the configuration.
    public let receiver: String
    /// Messages that wait.
    public let queued: Int
    /// When the one that has been waiting longest was queued.
    public let oldest: Moment?
    /// Messages that it has got, that it refused, and that it did not take for a day, since the spool was created.
    public let delivered: Int, failed: Int, expired: Int
    /// When it last got a message.
    public let lastDelivery: Moment?
    /// When a message was last given up, and why.
    public let lastFailure: Moment?, lastReason: String?
    /// Since when every attempt has failed, and why the last one did; nil if the last one did not.
    public let failingSince: Moment?, reason: String?
}

extension DeliveryStatus {
    init(_ status: ReceiverStatus) {
        receiver = status.name
        (queued, oldest) = (status.queued, status.oldest)
        (delivered, failed) = (status.figures.delivered, status.figures.failed)
        expired = status.figures.expired
        (lastDelivery, lastFailure) = (status.figures.lastDelivery, status.figures.lastFailure)
        lastReason = status.figures.lastReason
        (failingSince, reason) = (status.failingSince, status.failingSince == nil ? nil : status.reason)
    }
}
