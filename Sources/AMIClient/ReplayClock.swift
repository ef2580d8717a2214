import AMI
public import Base
import CallRecords

/// When the events of a recording happened. If the PBX had `timestampevents = yes`, they say so themselves; otherwise
/// the best source is the uniqueids in them, which begin with the time at which their channel was created.
public struct ReplayClock: Sendable {
    /// The time of the last event with a time; nil before the first.
    public private(set) var now: Moment?
    /// Whether any time so far was estimated from uniqueids.
    public private(set) var isGuessing = false

    /// A clock without a time yet.
    public init() {}

    /// Starts at a time that is known from elsewhere; nil starts without one.
    public mutating func start(at time: Moment?) { now = time }

    /// The time of an event; nil until an event has provided one.
    public mutating func time(of received: ReceivedEvent) -> Moment? {
        if let timestamp = received.timestamp {
            now = timestamp
        } else if let start = Self.youngestChannel(in: received.raw) {
            isGuessing = true
            // Time does not go back; an older channel says nothing about the present.
            now = max(now ?? start, start)
        } else if now != nil {
            isGuessing = true
        }
        return now
    }

    private static func youngestChannel(in message: Message) -> Moment? {
        message.fields.compactMap { field -> Moment? in
            let name = field.name.lowercased()
            guard name.hasSuffix("uniqueid") || name.hasSuffix("linkedid") || name.hasPrefix("uniqueid") else {
                return nil
            }
            return UniqueID(field.value).map { Moment(seconds: $0.epoch) }
        }.max()
    }
}
