public import Base
public import CallRecords

/// What is known about an agent before the events from which sessions are rebuilt.
public struct SessionStart: Hashable, Sendable {
    /// Sessions that lasted then, without their ends.
    public private(set) var open: [AgentSession] = []
    /// When the last login before that ended.
    public private(set) var lastLogin = Moment.distantPast
    /// Queues from which the agent was removed without being added again, by their keys.
    public private(set) var left: Set<String> = []

    /// The beginning of the log: nothing is known.
    public init() {}

    /// The state at a moment.
    ///
    /// - Parameters:
    ///   - moment: when the first event happened that is to be followed.
    ///   - sessions: of each kind in each queue, the last session that had begun before.
    public init(at moment: Moment, after sessions: [AgentSession]) {
        for var session in sessions {
            if let end = session.endedAt, end < moment {
                if session.kind == .login { lastLogin = max(lastLogin, end) }
                continue
            }
            (session.endedAt, session.endedBy) = (nil, nil)
            open.append(session)
        }
    }

    /// From where the events must be followed instead, if this start does not show whether its login had been logged: one
    /// whose end alone was logged is known only from that end.
    public var ofLogin: Moment? { open.first { $0.kind == .login }?.startedAt }

    /// The queues, by their keys, for which some events depend on whether the agent had been removed: a pause in a queue that
    /// the agent had left is none.
    ///
    /// - Parameter events: in ascending order of time.
    public func undecidedQueues(before events: [QueueEvent]) -> Set<String> {
        // A member has not left.
        var decided = Dictionary(
            open.filter { $0.kind == .membership }.map { (QueueName.key($0.queue), Moment.distantPast) }
        ) { first, _ in first }
        var undecided: Set<String> = []
        for event in events {
            let queue = QueueName.key(event.queue ?? "")
            switch event.kind {
            case .queueStart:
                return undecided
            case .addMember, .removeMember:
                decided[queue] = decided[queue] ?? event.at
            case .pause, .pauseAll:
                // Those of the same second are in no order.
                let key = event.kind == .pauseAll ? "" : queue
                if decided[key].map({ $0 == event.at }) ?? true { undecided.insert(key) }
            default:
                continue
            }
        }
        return undecided
    }

    /// Notes the queues that the agent had left.
    ///
    /// - Parameters:
    ///   - undecided: the queues in question, by their keys.
    ///   - sessions: as in ``init(at:after:)``.
    ///   - restart: the last one before.
    ///   - removals: when the agent was last removed from each queue since ``searchStart(of:sessions:restart:)``.
    public mutating func leave(
        _ undecided: Set<String>,
        sessions: [AgentSession],
        restart: Moment?,
        removals: [(queue: String, at: Moment)]
    ) {
        let members = Set(open.filter { $0.kind == .membership }.map { QueueName.key($0.queue) })
        for (queue, at) in removals {
            let key = QueueName.key(queue)
            guard undecided.contains(key), !members.contains(key) else { continue }
            if at >= Self.searchStart(of: key, sessions, restart) { left.insert(key) }
        }
    }

    /// From when on a removal from one of the queues may count: after a restart nobody has left, and who was paused had not.
    public static func searchStart(
        of undecided: Set<String>,
        sessions: [AgentSession],
        restart: Moment?
    ) -> Moment {
        undecided.map { searchStart(of: $0, sessions, restart) }.min() ?? .distantFuture
    }

    private static func searchStart(of key: String, _ sessions: [AgentSession], _ restart: Moment?) -> Moment {
        let pauses = sessions.filter { $0.kind == .pause && QueueName.key($0.queue) == key }.map(\.startedAt)
        return max(pauses.max() ?? .distantPast, restart ?? .distantPast)
    }
}
