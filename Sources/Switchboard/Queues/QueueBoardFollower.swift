public import Base

/// A board that follows events and says when it has to be read anew: after every gap, after every new connection, and every half
/// minute against drift. It asks nothing itself.
///
/// Subscribe to events first; take a snapshot whenever ``needsSnapshot(at:)`` says so.
public struct QueueBoardFollower: Sendable {
    /// The time between two snapshots if nothing goes wrong.
    public static let refresh = Duration.seconds(30)
    /// The time after which a failed snapshot is retried.
    public static let retry = Duration.seconds(1)

    /// The board as it is known.
    public private(set) var board: QueueBoard
    /// Since when there is no connection, so that the board grows old; nil while there is one.
    public private(set) var staleSince: Moment?
    private var nextSnapshot = Moment.distantPast

    /// A board of these queues; of all if there are none.
    public init(queues: [String] = []) {
        board = QueueBoard(queues: queues)
    }

    /// Takes an event that happened at `time`; whether the board changed.
    @discardableResult
    public mutating func take(_ event: PBXEvent, at time: Moment) -> Bool {
        board.apply(event, at: time)
    }

    /// There is a connection, the first or a new one.
    public mutating func connected() {
        staleSince = nil
        nextSnapshot = .distantPast
    }

    /// Events are missing, and the connection is there.
    public mutating func missedEvents() {
        nextSnapshot = .distantPast
    }

    /// The connection is gone.
    public mutating func disconnected(at now: Moment) {
        staleSince = staleSince ?? now
    }

    /// Whether the queues have to be read now.
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
