import Base
import CallRecords
import Testing

@testable import Transform

/// An agent whose sessions are rebuilt from the middle of the log has the same ones as after the whole log.
@Suite struct SessionStartTests {
    @Test("Nonsensical logs, from every second", arguments: 0..<400 as Range<UInt64>)
    func everySecond(seed: UInt64) {
        var random = QueueFuzzTests.Random(state: seed)
        let log = QueueFuzzTests.log(&random, kinds: QueueEvent.sessionKinds + [.queueStart]).sorted { $0.at < $1.at }
        let expected = Self.sorted(SessionMachine.sessions(of: log))
        for second in 0...7 as ClosedRange<Int64> {
            let new = Moment(seconds: 1000).adding(seconds: second)
            // Some of the later events were loaded before, and the rest is new.
            let stored = SessionMachine.sessions(of: log.filter { $0.at < new || Bool.random(using: &random) })
            #expect(Self.sorted(Self.rebuilt(stored, from: new, log)) == expected, "from \(second)")
        }
    }

    /// What remains of the stored sessions and what the events add to them, by the rules of the warehouse.
    private static func rebuilt(_ stored: [AgentSession], from new: Moment, _ log: [QueueEvent]) -> [AgentSession] {
        var moment = new
        var earlier = last(stored, before: moment)
        var start = SessionStart(at: moment, after: earlier)
        while let login = start.ofLogin {
            moment = login
            earlier = last(stored, before: moment)
            start = SessionStart(at: moment, after: earlier)
        }
        let events = log.filter { $0.at >= moment }
        let restart = log.last { $0.kind == .queueStart && $0.at < moment }?.at
        let undecided = start.undecidedQueues(before: events)
        let from = SessionStart.searchStart(of: undecided, sessions: earlier, restart: restart)
        let removals = log.filter { $0.kind == .removeMember && $0.at >= from && $0.at < moment }
        start.leave(
            undecided,
            sessions: earlier,
            restart: restart,
            removals: removals.map { ($0.queue ?? "", $0.at) }
        )
        let kept = stored.filter { session in
            session.startedAt < moment && session.endedAt.map { $0 < moment } ?? false
        }
        return kept + SessionMachine.sessions(of: events, from: start)
    }

    private static func last(_ sessions: [AgentSession], before moment: Moment) -> [AgentSession] {
        Dictionary(grouping: sessions.filter { $0.startedAt < moment }) { "\($0.kind) \($0.queue)" }.values
            .compactMap { series in series.max { $0.startedAt < $1.startedAt } }
    }

    private static func sorted(_ sessions: [AgentSession]) -> [AgentSession] {
        sessions.sorted { ($0.startedAt, $0.kind.rawValue, $0.queue) < ($1.startedAt, $1.kind.rawValue, $1.queue) }
    }
}
