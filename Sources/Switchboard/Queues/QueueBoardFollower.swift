public import Base

/// A board that follows events and says when it must be read again: after every gap, after every new connection, and
/// every half minute to correct any drift. It does not query the PBX itself.
///
/// Subscribe to events first; take a snapshot whenever ``needsSnapshot(at:)`` is true.
public struct QueueBoardFollower: Sendable {
    /// The time between two snapshots if nothing goes wrong.
    public static let refresh = Duration.seconds(30)
    /// The time after which a failed snapshot is retried.
    public static let retry = Duration.seconds(1)

    /// The board as far as it is known.
    public private(set) var board: QueueBoard
    /// Since when there has been no connection, so that the board is getting old; nil while connected.
    public private(set) var staleSince: Moment?
    private var nextSnapshot = Moment.distantPast

    /// A board of these queues; of all queues if the list is empty.
    public init(queues: [String] = []) {
        board = QueueBoard(queues: queues)
    }

    /// Takes an event that happened at `time`; returns whether the board changed.
    @discardableResult
    public mutating func take(_ event: PBXEvent, at time: Moment) -> Bool {
        board.apply(event, at: time)
    }

    /// A connection was established, for the first time or again.
    public mutating func connected() {
        staleSince = nil
        nextSnapshot = .distantPast
    }

    /// Events were lost, but the connection is up.
    public mutating func missedEvents() {
        nextSnapshot = .distantPast
    }

    /// The connection was lost.
    public mutating func disconnected(at now: Moment) {
        staleSince = staleSince ?? now
    }

    /// Whether the queues must be read now.
    public func needsSnapshot(at now: Moment) -> Bool {
        staleSince == nil && now >= nextSnapshot
    }

    /// Takes a complete list of queues.
    public mutating func take(snapshot items: [QueueSnapshotItem], at now: Moment) {
        board.replace(with: items, at: now)
        nextSnapshot = now + Self.refresh
    }

    /// The queues could not be read.
    public mutating func snapshotFailed(at now: Moment) {
        nextSnapshot = now + Self.retry
    }
}
