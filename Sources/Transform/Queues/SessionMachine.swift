import Base
public import CallRecords

/// Follows one agent through memberships, logins and pauses: events in, sessions out.
public struct SessionMachine: EventMachine {
    private struct Key: Hashable {
        var kind: AgentSession.Kind
        /// Without regard to case, as Asterisk compares queues.
        var queue: String

        init(kind: AgentSession.Kind, queue: String) { (self.kind, self.queue) = (kind, QueueName.key(queue)) }
    }

    private var done: [AgentSession] = []
    private var open: [Key: AgentSession] = [:]
    /// Queues from which the agent was removed without being added again, by their keys.
    private var left: Set<String> = []
    /// Queues whose pauses an UNPAUSEALL ended, and when. The UNPAUSE that Asterisk logs beside it has nothing more to end, and
    /// must not end a pause that begins in the same second.
    private var endedForAll: (at: Moment, queues: Set<String>) = (.distantPast, [])

    /// When the last login ended that is known from earlier events.
    private var lastLogin = Moment.distantPast

    /// No sessions yet.
    public init() {}

    /// Follows an agent from an earlier state on. With it, later events result in the sessions that all events would have:
    /// those that lasted at the start, and those that began since.
    ///
    /// - Parameter start: the state.
    public init(_ start: SessionStart) {
        for session in start.open { open[Key(kind: session.kind, queue: session.queue)] = session }
        lastLogin = start.lastLogin
        left = start.left
    }

    /// Follows an agent from the first event to the last.
    ///
    /// - Parameters:
    ///   - events: all session events of the agent, under the member's name and the interface, and every QUEUESTART, in
    ///     ascending order of time.
    ///   - start: the state before the first event.
    /// - Returns: the sessions in the order in which they began.
    public static func sessions(of events: [QueueEvent], from start: SessionStart = SessionStart()) -> [AgentSession] {
        var machine = SessionMachine(start)
        machine.follow(events)
        let all = machine.done + machine.open.values
        return all.sorted { ($0.startedAt, $0.kind.rawValue, $0.queue) < ($1.startedAt, $1.kind.rawValue, $1.queue) }
    }

    /// An end comes first if there is something to end.
    func rank(_ event: QueueEvent) -> Int {
        let queue = event.queue ?? ""
        let isOpen: (AgentSession.Kind, String) -> Bool = { open[Key(kind: $0, queue: $1)] != nil }
        switch event.kind {
        case .queueStart: return -1
        case .unpause: return isOpen(.pause, queue) || isBesideAll(event) ? 0 : 2
        case .unpauseAll: return open.keys.contains { $0.kind == .pause } ? 0 : 2
        case .removeMember: return isOpen(.membership, queue) ? 0 : 2
        case .agentLogoff, .agentCallbackLogoff: return isOpen(.login, "") ? 0 : 2
        default: return 1
        }
    }

    mutating func handle(_ event: QueueEvent) {
        let queue = event.queue ?? ""
        switch event.kind {
        case .addMember:
            left.remove(QueueName.key(queue))
            begin(.membership, queue, event)
            // A member can start paused without a PAUSE event.
            if event.data[0] == "PAUSED" { begin(.pause, queue, event) }
        case .removeMember:
            left.insert(QueueName.key(queue))
            end(.membership, queue, event)
            end(.pause, queue, event)
            if !open.keys.contains(where: { $0.kind == .membership }) { end(.pause, "", event) }
        case .pause:
            pause(queue, event)
        case .pauseAll:
            pause("", event)
        case .unpause:
            if isBesideAll(event) {
                endedForAll.queues.remove(QueueName.key(queue))
                return
            }
            end(.pause, queue, event)
            // An agent who is available in one queue is not paused in all; pauses in other queues have rows of their
            // own.
            end(.pause, "", event)
        case .unpauseAll:
            let paused = open.keys.filter { $0.kind == .pause }.map(\.queue)
            endedForAll = (event.at, Set(paused))
            for queue in paused { end(.pause, queue, event) }
        case .agentLogin, .agentCallbackLogin:
            begin(.login, "", event)
        case .agentLogoff, .agentCallbackLogoff:
            if open[Key(kind: .login, queue: "")] == nil { addLogin(endedBy: event) }
            end(.login, "", event)
        case .queueStart:
            left.removeAll()
            for key in open.keys { end(key.kind, key.queue, event) }
        default:
            return
        }
    }

    private func isBesideAll(_ event: QueueEvent) -> Bool {
        endedForAll.at == event.at && endedForAll.queues.contains(QueueName.key(event.queue ?? ""))
    }

    /// The log may begin in the middle of a login; the event has its length. What is known about earlier logins is
    /// kept.
    private mutating func addLogin(endedBy event: QueueEvent) {
        guard let seconds = event.data[1].flatMap({ Int64($0) }), 1...maximumLogin ~= seconds else { return }
        let known = done.lazy.filter { $0.kind == .login }.compactMap(\.endedAt).max() ?? .distantPast
        let start = max(event.at.adding(seconds: -seconds), known, lastLogin)
        guard start < event.at else { return }
        var session = AgentSession(kind: .login, queue: "", startedAt: start)
        session.endedAt = event.at
        session.endedBy = event.kind
        done.append(session)
    }

    /// One year; anything longer is not a plausible length.
    private var maximumLogin: Int64 { 366 * 86_400 }

    /// A pause with another reason is another pause.
    private mutating func pause(_ queue: String, _ event: QueueEvent) {
        // Only members can be paused: this was in the last second of the membership.
        if left.contains(QueueName.key(queue)) { return }
        if let session = open[Key(kind: .pause, queue: queue)] {
            guard session.reason != event.data[0] else { return }
            end(.pause, queue, event)
        }
        begin(.pause, queue, event)
    }

    private mutating func begin(_ kind: AgentSession.Kind, _ queue: String, _ event: QueueEvent) {
        let key = Key(kind: kind, queue: queue)
        guard open[key] == nil else { return }
        let reason = kind == .pause && event.kind != .addMember ? event.data[0] : nil
        open[key] = AgentSession(kind: kind, queue: queue, startedAt: event.at, reason: reason)
    }

    private mutating func end(_ kind: AgentSession.Kind, _ queue: String, _ event: QueueEvent) {
        guard var session = open.removeValue(forKey: Key(kind: kind, queue: queue)), session.startedAt < event.at
        else { return }
        session.endedAt = event.at
        session.endedBy = event.kind
        done.append(session)
    }
}
