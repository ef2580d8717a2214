import Base
import CallRecords
import Load
import Postgres
import Transform

/// Rebuilds agents' sessions from the first new event on.
///
/// What came before shows in the stored sessions: so the events of a day cost the same after a month as after ten years.
struct SessionBuilder {
    private let store: SessionStore
    /// When the PBX was started, ascending.
    private let restarts: [Moment]

    init(_ store: SessionStore, restarts: [Moment]) { (self.store, self.restarts) = (store, restarts) }

    /// Rebuilds the sessions of an agent.
    func rebuild(_ change: SessionChange, _ connection: borrowing Connection) throws {
        var moment = change.start
        var (start, earlier) = try state(of: change.agent, at: moment, connection)
        while let login = start.ofLogin {
            moment = login
            (start, earlier) = try state(of: change.agent, at: moment, connection)
        }
        let since = restarts.firstIndex { $0 >= moment } ?? restarts.endIndex
        var events = change.names.isEmpty ? [] : try store.events(of: change.names, from: moment, connection)
        events += restarts[since...].map(Self.restart)
        events.sort { $0.at < $1.at }
        let undecided = start.undecidedQueues(before: events)
        let restart = since > 0 ? restarts[since - 1] : nil
        let from = SessionStart.searchStart(of: undecided, sessions: earlier, restart: restart)
        if moment > .distantPast, from < moment {
            let removals = try store.removals(of: change.names, in: from..<moment, connection)
            start.leave(undecided, sessions: earlier, restart: restart, removals: removals)
        }
        try store.replace(
            SessionMachine.sessions(of: events, from: start),
            of: change.agent,
            from: moment,
            open: start.open.map(\.startedAt),
            connection
        )
    }

    private func state(
        of agent: String,
        at moment: Moment,
        _ connection: borrowing Connection
    ) throws -> (SessionStart, [AgentSession]) {
        // Then nothing came before.
        if moment == .distantPast { return (SessionStart(), []) }
        let sessions = try store.lastSessions(of: agent, before: moment, connection)
        return (SessionStart(at: moment, after: sessions), sessions)
    }

    private static func restart(_ at: Moment) -> QueueEvent {
        QueueEvent(at: at, kind: .queueStart, queue: nil, agent: nil, data: InlineArray(repeating: nil))
    }
}
