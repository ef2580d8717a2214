import AMI
public import Base
import CallRecords

/// When the events of a recording happened. They say so themselves where the PBX had `timestampevents = yes`; else the uniqueids in
/// them, which begin with the moment at which their channel came to be, tell it as well as anything does.
public struct ReplayClock: Sendable {
    /// The time of the last event with a time; nil before the first.
    public private(set) var now: Moment?
    /// Whether any time so far is a guess by uniqueids.
    public private(set) var isGuessing = false

    /// A clock that knows no time yet.
    public init() {}

    /// Begins at a time that is known from elsewhere; nil begins with none.
    public mutating func start(at time: Moment?) { now = time }

    /// The time of an event; nil while no event has told any.
    public mutating func time(of received: ReceivedEvent) -> Moment? {
        if let timestamp = received.timestamp {
            now = timestamp
        } else if let start = Self.youngestChannel(in: received.raw) {
            isGuessing = true
            // Time does not go back; an older channel says nothing about now.
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
