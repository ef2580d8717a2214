import Base
import Testing

@testable import Alerts

@Suite struct AlertReplayTests {
    private static let start = Moment(seconds: 1_764_000_000)

    private static func at(_ seconds: Int64) -> Moment { start + .seconds(seconds) }

    /// A visit to support that began after so many seconds, waited so long, and then talked so long; nil: lost.
    private static func visit(
        _ entered: Int64,
        wait: Int64,
        talk: Int64? = nil,
        agent: String = "Anna"
    ) -> AlertHistory.Visit {
        let decided = at(entered + wait)
        let shown = AlertSnapshot.Visit(
            queue: "support",
            enteredAt: at(entered),
            isCounted: true,
            isAbandoned: talk == nil,
            isInWhole: true,
            isInPart: talk != nil && wait <= 20
        )
        return AlertHistory.Visit(
            shown,
            decidedAt: decided,
            talkEndedAt: talk.map { decided + .seconds($0) },
            agent: talk == nil ? nil : agent
        )
    }

    private func replay(
        _ rules: [AlertRule],
        _ visits: [AlertHistory.Visit] = [],
        sessions: [AlertHistory.Session] = [],
        unanswered: [AlertHistory.Unanswered] = []
    ) -> [AlertReplay.Result] {
        let history = AlertHistory(
            pbx: "main",
            zone: .utc,
            from: Self.start,
            to: Self.at(86_400),
            visits: visits,
            sessions: sessions,
            unanswered: unanswered
        )
        var replay = AlertReplay(rules, history)
        return replay.run()
    }

    @Test func `each wait that is too long fires once, for as long as it lasts`() throws {
        // 100 s are allowed. The first caller waits 150 s, the second 100 s, the third 400 s and is lost; a fourth comes
        // while the third waits.
        let visits = [
            Self.visit(1000, wait: 150, talk: 60), Self.visit(2000, wait: 100, talk: 60), Self.visit(5000, wait: 400),
            Self.visit(5300, wait: 50, talk: 10),
        ]
        let result = try #require(replay([AlertRule("wait", .queueWait, NagiosRange(low: 0, high: 100))], visits).first)
        #expect(result.fired == 2 && result.isReplayed)
        // Looked at every five seconds: from 1105 to 1150 and from 5105 to 5400.
        #expect(result.total == .seconds(45 + 295))
        #expect(result.longest == .seconds(295))
        #expect(result.callers == 3 && result.lost == 1)
    }

    @Test func `keep joins what follows within it`() {
        var rule = AlertRule("wait", .queueWait, NagiosRange(low: 0, high: 100))
        rule.keep = .seconds(300)
        let visits = [Self.visit(1000, wait: 150, talk: 60), Self.visit(1200, wait: 150, talk: 60)]
        let results = replay([rule], visits)
        #expect(results.map(\.fired) == [1])
        // From 1105 to 1350, and 300 seconds more.
        #expect(results.map(\.total) == [.seconds(545)])
    }

    @Test func `pauses, phones that are not answered, and talks`() {
        let rules = [
            AlertRule("pause", .agentPause, NagiosRange(low: 0, high: 900)),
            AlertRule("phone", .agentUnanswered, NagiosRange(low: 0, high: 2)),
            AlertRule("talk", .agentCall, NagiosRange(low: 0, high: 3600)),
        ]
        let results = replay(
            rules,
            // An answer ends the row of two; the third and later ones begin anew.
            [Self.visit(100, wait: 10, talk: 5, agent: "Bob"), Self.visit(10_000, wait: 10, talk: 3700)],
            sessions: [
                .init(agent: "Bob", queue: nil, from: Self.at(20_000), to: Self.at(21_000), isPause: true),
                .init(agent: "Eve", queue: nil, from: Self.at(20_000), to: Self.at(20_900), isPause: true),
            ],
            unanswered: [10, 20, 300, 400, 500, 600].map { .init(at: Self.at($0), agent: "Bob") }
        )
        #expect(results.map(\.fired) == [1, 1, 1])
        // A pause of 1000 s, seen every five seconds to exceed 900; the row from 500 on, to the end; 3700 s of talk.
        #expect(results.map(\.total) == [.seconds(95), .seconds(85_900), .seconds(95)])
    }

    @Test func `who is free is judged only where members are known`() {
        let rule = AlertRule("free", .unservedCallers, NagiosRange(low: 0, high: 0))
        let visits = [Self.visit(1000, wait: 100, talk: 60), Self.visit(1110, wait: 30, talk: 60)]
        #expect(replay([rule], visits).map(\.fired) == [0])
        // Anna is a member: she is free while the first caller waits, and talks while the second does.
        let member = AlertHistory.Session(agent: "Anna", queue: "support", from: Self.start, to: nil, isPause: false)
        let results = replay([rule], visits, sessions: [member])
        #expect(results.map(\.fired) == [1])
        #expect(results.map(\.total) == [.seconds(30)])
        #expect(results.map(\.callers) == [1])
    }

    @Test func `what the warehouse does not keep is not replayed`() {
        let rules = [
            AlertRule("trunk", .trunkDown, NagiosRange(low: 0, high: 0)),
            AlertRule("wait", .queueWait, NagiosRange(low: 0, high: 1)),
        ]
        #expect(replay(rules).map(\.isReplayed) == [false, true])
    }

    @Test func `a percentage counts a visit from its end on, while it is in the window`() {
        var rule = AlertRule("level", .serviceLevel, NagiosRange(low: 80, high: .infinity))
        (rule.least, rule.window) = (1, .seconds(600))
        // In time from 1010 on (100 %); late from 1200 on (50 %), which leaves the window 600 s after its beginning.
        let visits = [Self.visit(1000, wait: 10, talk: 10), Self.visit(1100, wait: 100, talk: 10)]
        let results = replay([rule], visits)
        #expect(results.map(\.fired) == [1])
        // The late visit leaves the window after 1700, seen every five seconds; without any call the alert is over.
        #expect(results.map(\.total) == [.seconds(505)])
    }
}
