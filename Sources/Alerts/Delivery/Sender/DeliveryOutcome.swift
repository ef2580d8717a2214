import Base

/// What came of one attempt to deliver a message.
public enum DeliveryOutcome: Sendable, Equatable {
    /// The receiver has it. A note says what was unusual.
    case delivered(note: String? = nil)
    /// It may succeed later: the receiver did not answer, or asked for time.
    case retry(reason: String, after: Duration? = nil)
    /// It will never succeed.
    case rejected(reason: String)

    /// A sentence without its full stop; nil for success.
    public var reason: String? {
        switch self {
        case .delivered: nil
        case .retry(let reason, _), .rejected(let reason): reason
        }
    }
}

/// Something that messages are delivered to: a mail server, a webhook, a program.
public protocol AlertReceiver: Sendable {
    /// The name in the configuration.
    var name: String { get }
    /// How long an attempt may take.
    var timeout: Duration { get }
    /// The receiver that is told as well while this one fails.
    var fallback: String? { get }
    /// Whether it gets a sign of life once a day.
    var wantsSignOfLife: Bool { get }
    /// How often the messages of groups that fire are repeated to it, outside the spool; nil for never.
    var refreshInterval: Duration? { get }

    /// Makes one attempt. It ends soon after its task is cancelled.
    func deliver(_ message: OutgoingMessage) async -> DeliveryOutcome
}

extension AlertReceiver {
    /// Ten seconds.
    public var timeout: Duration { .seconds(10) }
    /// None.
    public var fallback: String? { nil }
    /// No.
    public var wantsSignOfLife: Bool { false }
    /// Never.
    public var refreshInterval: Duration? { nil }
}

extension AlertReceiver {
    /// Makes one attempt, which ends when the receiver's time is over.
    public func attempt(_ message: OutgoingMessage) async -> DeliveryOutcome {
        await withTaskGroup(of: DeliveryOutcome?.self) { group in
            group.addTask { await deliver(message) }
            group.addTask {
                try? await Task.sleep(for: timeout)
                return nil
            }
            let first = await group.next() ?? nil
            group.cancelAll()
            return first ?? .retry(reason: "no answer within \(timeout.wholeSeconds) seconds")
        }
    }
}
