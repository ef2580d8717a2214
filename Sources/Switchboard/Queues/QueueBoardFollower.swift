/// A board that follows events and says when it has to be read anew: after every gap, after every new connection, and every half
/// minute against drift. It asks nothing itself.
///
/// Subscribe to events first; take a snapshot whenever ``needsSnapshot(at:)`` says so.
public struct QueueBoardFollower: Sendable {
    /// Seconds between two snapshots where nothing went wrong.
    public static let refresh = 30.0
    /// Seconds after which a snapshot that failed is tried again.
    public static let retry = 1.0

    /// The board as it is known.
    public private(set) var board: QueueBoard
    /// Since when there is no connection, so that the board grows old; nil while there is one.
    public private(set) var staleSince: Double?
    private var nextSnapshot = -Double.infinity

    /// A board of these queues; of all if there are none.
    public init(queues: [String] = []) {
        board = QueueBoard(queues: queues)
    }

    /// Takes an event that happened at `time`; whether the board changed.
    @discardableResult
    public mutating func take(_ event: PBXEvent, at time: Double) -> Bool {
        board.apply(event, at: time)
    }

    /// There is a connection, the first or a new one.
    public mutating func connected() {
        staleSince = nil
        nextSnapshot = -.infinity
    }

    /// Events are missing, and the connection is there.
    public mutating func missedEvents() {
        nextSnapshot = -.infinity
    }

    /// The connection is gone.
    public mutating func disconnected(at now: Double) {
        staleSince = staleSince ?? now
    }

    /// Whether the queues have to be read now.
    public func needsSnapshot(at now: Double) -> Bool {
        staleSince == nil && now >= nextSnapshot
    }

    /// Takes a complete list of queues.
    public mutating func take(snapshot items: [QueueSnapshotItem], at now: Double) {
        board.replace(with: items, at: now)
        nextSnapshot = now + Self.refresh
    }

    /// The queues could not be read.
    public mutating func snapshotFailed(at now: Double) {
        nextSnapshot = now + Self.retry
    }
}
