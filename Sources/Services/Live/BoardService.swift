import AMI
import AMIClient
public import Base
public import Configuration
public import Logging
public import Switchboard

/// The queues of a PBX at a moment.
public struct BoardState: ServiceResult {
    /// The queues.
    public var board: QueueBoard
    /// Since when the connection has been lost; nil while connected.
    public var staleSince: Moment?
    /// The moment.
    public var at: Moment

    /// The state as an object.
    public var json: JSON {
        .object([
            ("time", .string(at.iso8601)), ("stale", .boolean(staleSince != nil)),
            ("queues", .array(board.queues.map { $0.json(at: at) })),
        ])
    }

    /// Everything that changes only when something happens: excludes waiting times, which always increase.
    public var essence: String {
        let queues = board.queues.map { $0.json(at: $0.callers.first?.since ?? .distantPast) }
        return "\(staleSince != nil) " + JSON.array(queues).line
    }
}

/// Follows the queues of a PBX.
public struct BoardService: Sendable {
    private let settings: Settings
    private let logger: Logger

    /// A service on one snapshot of the settings.
    public init(_ settings: Settings, logger: Logger) {
        (self.settings, self.logger) = (settings, logger)
    }

    /// Shows the queues repeatedly, including every event; they are read again after each gap.
    ///
    /// - Parameters:
    ///   - queue: One queue; nil for all.
    ///   - pbx: The PBX, by its name in the configuration; nil if there is only one.
    ///   - interval: How often to show them.
    ///   - show: Receives the queues; returning false ends the loop.
    /// - Throws: ``ServiceError`` for an unknown queue; `ManagerError`, also after cancellation.
    public func follow(
        queue: String?,
        pbx: String?,
        every interval: Duration,
        _ show: (BoardState) async throws -> Bool
    ) async throws {
        let configuration = try ManagerConfiguration(settings, pbx: pbx)
        let mask: EventMask = [.agent, .call]
        let filter = EventFilter(terms: ["Queue*", "Agent*"]) ?? EventFilter()
        try await EventFeed.withFeed(configuration, events: mask, filter: filter, logger: logger) { feed in
            var follower = QueueBoardFollower(queues: queue.map { [$0] } ?? [])
            let query = Action("QueueStatus", .reads, ["Queue": queue])
            let events = feed.events
            follower.take(snapshot: try await feed.list(query).compactMap { QueueSnapshotItem($0) }, at: Moment.now)
            if let queue, follower.board.queues.isEmpty {
                throw ServiceError(.notFound, "The PBX has no queue \(queue). `queue status` lists its queues.")
            }
            while try await show(
                BoardState(board: follower.board, staleSince: follower.staleSince, at: Moment.now)
            ) {
                try await Self.take(events, until: .now + interval, into: &follower)
                guard follower.needsSnapshot(at: Moment.now) else { continue }
                do throws(ManagerError) {
                    let items = try await feed.list(query).compactMap { QueueSnapshotItem($0) }
                    follower.take(snapshot: items, at: Moment.now)
                } catch {
                    let isFinal: [ManagerError.Code] = [.authenticationFailed, .permissionDenied, .cancelled]
                    if isFinal.contains(error.code) { throw error }
                    follower.snapshotFailed(at: Moment.now)
                }
            }
        }
    }

    private static func take(
        _ events: EventStream,
        until end: ContinuousClock.Instant,
        into follower: inout QueueBoardFollower
    ) async throws(ManagerError) {
        while let item = try await events.next(until: end) {
            switch item {
            case .event(let received):
                for part in received.parts { follower.take(part.event, at: received.time(or: Moment.now)) }
            case .gap: follower.missedEvents()
            case .connected: follower.connected()
            case .disconnected: follower.disconnected(at: Moment.now)
            }
        }
    }
}
