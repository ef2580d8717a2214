import Base
import TestSupport
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
        // More than 100 s: from 1101 to 1150 and from 5101 to 5400.
        #expect(result.total == .seconds(49 + 299))
        #expect(result.longest == .seconds(299))
        #expect(result.callers == 3 && result.lost == 1)
    }

    @Test func `keep joins what follows within it`() {
        var rule = AlertRule("wait", .queueWait, NagiosRange(low: 0, high: 100))
        rule.keep = .seconds(300)
        let visits = [Self.visit(1000, wait: 150, talk: 60), Self.visit(1200, wait: 150, talk: 60)]
        let results = replay([rule], visits)
        #expect(results.map(\.fired) == [1])
        // From 1101 to 1350, and 300 seconds more.
        #expect(results.map(\.total) == [.seconds(549)])
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
        // A pause of 1000 s, from its second 901 on; the row from 500 on, to the end; 3700 s of talk, from 3601 on.
        #expect(results.map(\.total) == [.seconds(99), .seconds(85_900), .seconds(99)])
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
        // The late visit leaves the window at 1701; without any call the alert is over.
        #expect(results.map(\.total) == [.seconds(501)])
    }

    @Test func `a rule with a schedule begins and ends with it, although nothing happens then`() {
        var rule = AlertRule("ready", .queueReadyAgents, NagiosRange(low: 1, high: .infinity))
        // The day begins on Monday, 2025-11-24 at 16:00 UTC, and ends on Tuesday at the same time.
        rule.schedule = AlertSchedule([AlertSchedule.Hours("daily 09:00-11:00")].compactMap(\.self))
        let member = AlertHistory.Session(
            agent: "Anna",
            queue: "support",
            from: Self.start,
            to: Self.at(3600),
            isPause: false
        )
        let results = replay([rule], sessions: [member])
        #expect(results.map(\.fired) == [1])
        #expect(results.map(\.total) == [.seconds(7200)])
    }

    @Test(arguments: 1...20)
    func `only the moments that matter give the same as every second`(_ seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let history = Self.history(&random)
        var wait = AlertRule("wait", .queueWait, NagiosRange(low: 0, high: 60))
        (wait.clear, wait.hold, wait.keep) = (NagiosRange(low: 0, high: 29.5), .seconds(7), .seconds(45))
        var least = AlertRule("least", .queueWait, NagiosRange(low: 30, high: 90, isInverted: true))
        least.schedule = AlertSchedule([AlertSchedule.Hours("daily 16:20-16:47")].compactMap(\.self))
        var level = AlertRule("level", .serviceLevel, NagiosRange(low: 80, high: .infinity))
        (level.least, level.window, level.keep) = (2, .seconds(600), .seconds(90))
        var outside = AlertRule("outside", .abandonedPercent, NagiosRange(low: 0, high: 20))
        (outside.least, outside.window, outside.schedule, outside.isOutside) = (1, .seconds(900), least.schedule, true)
        var free = AlertRule("free", .unservedCallers, NagiosRange(low: 0, high: 0))
        free.hold = .seconds(20)
        let rules = [
            wait, least, level, outside, free, AlertRule("pause", .agentPause, NagiosRange(low: 0, high: 300)),
            AlertRule("talk", .agentCall, NagiosRange(low: 0, high: 120)),
            AlertRule("phone", .agentUnanswered, NagiosRange(low: 0, high: 1)),
        ]
        var fast = AlertReplay(rules, history)
        var slow = AlertReplay(rules, history, at: (1..<3600).map(Self.at))
        let results = fast.run()
        #expect(results == slow.run())
        #expect(results.contains { $0.fired > 0 })
    }

    /// An hour with forty visits, some sessions and phones.
    private static func history(_ random: inout SeededGenerator) -> AlertHistory {
        var visits: [AlertHistory.Visit] = []
        for entered in (0..<40).map({ _ in Int64.random(in: -600..<3500, using: &random) }).sorted() {
            let talk = Bool.random(using: &random) ? Int64.random(in: 1..<300, using: &random) : nil
            let agent = Bool.random(using: &random) ? "Anna" : "Bob"
            visits.append(visit(entered, wait: .random(in: 1..<150, using: &random), talk: talk, agent: agent))
        }
        var sessions: [AlertHistory.Session] = []
        for agent in ["Anna", "Bob"] {
            let login = Int64.random(in: -100..<900, using: &random)
            sessions.append(.init(agent: agent, queue: "support", from: at(login), to: nil, isPause: false))
            for _ in 0..<3 {
                let from = Int64.random(in: login..<3500, using: &random)
                let to = at(from + .random(in: 1..<600, using: &random))
                sessions.append(.init(agent: agent, queue: nil, from: at(from), to: to, isPause: true))
            }
        }
        let rings = (0..<10).map { _ in Int64.random(in: 0..<3600, using: &random) }.sorted()
        return AlertHistory(
            pbx: "main",
            zone: .utc,
            from: start,
            to: at(3600),
            visits: visits,
            sessions: sessions,
            unanswered: rings.map { .init(at: at($0), agent: "Bob") }
        )
    }
}
