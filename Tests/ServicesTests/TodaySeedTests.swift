import TestSupport
import Base
import CallRecords
import Switchboard
import Testing

@testable import Services

/// What happened today before the start, and what happens after it, are combined into one day.
@Suite struct TodaySeedTests {
    private static func visits(from now: Moment) -> TodayVisits {
        TodayVisits(from: now, zone: .utc) { _ in QueueDay.Limits(serviceLevel: 20, shortAbandon: 5) }
    }

    private static func seed(_ log: String, until: Moment) -> TodaySeed {
        let events = log.split(separator: "\n").compactMap { TodayVisits.event(of: String($0)) }
        return TodaySeed(events: events.map { (callid: $0.0, event: $0.1) }, isKnownUntil: until)
    }

    /// 1.1 is answered and over, 1.2 hung up, 1.3 is still waiting, 1.4 left unobserved; Bob's phone rang twice without
    /// an answer.
    private static let log = """
        100|1.1|support|NONE|ENTERQUEUE||0301|1
        110|1.1|support|Anna|CONNECT|10|1.9|3
        170|1.1|support|Anna|COMPLETECALLER|10|60|1
        200|1.2|support|NONE|ENTERQUEUE||0302|1
        230|1.2|support|NONE|ABANDON|1|1|30
        240|1.3|support|Bob|RINGNOANSWER|5000
        250|1.3|support|NONE|ENTERQUEUE||0303|1
        255|1.3|support|Bob|RINGNOANSWER|5000
        260|1.4|support|NONE|ENTERQUEUE||0304|2
        """

    private static func waiting(_ id: String, since: Int) -> [QueueSnapshotItem] {
        var caller = QueueCallerFacts(queue: "support", uniqueid: id)
        (caller.position, caller.wait) = (1, since)
        return [.queue(QueueFacts(name: "support")), .caller(caller)]
    }

    @Test func `the day continues where the log ends`() throws {
        var visits = Self.visits(from: 300)
        visits.take(snapshot: Self.waiting("1.3", since: 50), at: 300)
        visits.take(seed: Self.seed(Self.log, until: 300), midnight: 0)
        var day = try #require(visits.days().first)
        #expect(visits.days().count == 1 && visits.since == 0 && visits.gap == nil)
        #expect(day.offered == 3 && day.answered == 1 && day.abandoned == 1 && day.inProgress == 1)
        // The caller who was waiting at the start is answered after it.
        var event = QueueCallEvent(
            .connected,
            queue: "support",
            caller: "1.3",
            interface: "PJSIP/101",
            memberName: "Anna"
        )
        event.wait = 60
        visits.take(.queueCall(event), at: 310)
        day = try #require(visits.days().first)
        #expect(day.offered == 3 && day.answered == 2 && day.inProgress == 0 && day.wait == 70)
        let agents = visits.agents()
        #expect(agents.map(\.agent) == ["Anna", "Bob"])
        #expect(agents.map(\.answered) == [2, 0] && agents.map(\.missed) == [0, 2] && agents.map(\.talk) == [60, 0])
    }

    @Test func `the gap between the log and the start is reported`() {
        var visits = Self.visits(from: 1_000)
        visits.take(seed: Self.seed(Self.log, until: 260), midnight: 0)
        #expect(visits.gap == 260...1_000)
    }

    @Test func `visits that end after midnight belong to the day before`() {
        var visits = Self.visits(from: 86_390)
        visits.tick(at: 86_500)
        visits.take(seed: Self.seed(Self.log, until: 86_390), midnight: 0)
        #expect(visits.days().isEmpty && visits.since == 86_400)
    }

    /// Support at 10:00, in seconds: 2.1 is answered before the gap from 1,100 to 1,200 and talks until it, 2.2 waits at its
    /// beginning and is answered in it, 2.3 enters in it and hangs up in it, 2.4 enters in it and waits at its end.
    private static let observed: [(Moment, PBXEvent)] = [
        (1_000, joined("2.1")), (1_010, connected("2.1", wait: 10)), (1_010, left("2.1")), (1_090, joined("2.2")),
    ]

    private static func joined(_ id: String) -> PBXEvent {
        var facts = QueueCallerFacts(queue: "support", uniqueid: id)
        facts.position = 1
        return .queueCaller(QueueCallerEvent(.joined, facts))
    }

    private static func left(_ id: String) -> PBXEvent {
        .queueCaller(QueueCallerEvent(.left, QueueCallerFacts(queue: "support", uniqueid: id)))
    }

    private static func connected(_ id: String, wait: Int) -> PBXEvent {
        var event = QueueCallEvent(.connected, queue: "support", caller: id, interface: "PJSIP/101", memberName: "Anna")
        event.wait = wait
        return .queueCall(event)
    }

    private static let logOfGap = """
        1000|2.1|support|NONE|ENTERQUEUE||0301|1
        1010|2.1|support|Anna|CONNECT|10|1.9|3
        1090|2.2|support|NONE|ENTERQUEUE||0302|1
        1120|2.1|support|Anna|COMPLETECALLER|10|110|1
        1125|2.2|support|Bob|RINGNOANSWER|5000
        1130|2.2|support|Anna|CONNECT|40|1.9|3
        1140|2.3|support|NONE|ENTERQUEUE||0303|1
        1170|2.3|support|NONE|ABANDON|1|1|30
        1190|2.4|support|NONE|ENTERQUEUE||0304|1
        """

    /// Follows the connection through the gap, which ends with a list in which 2.4 has waited for 10 seconds.
    private static func throughTheGap() -> TodayVisits {
        var visits = visits(from: 900)
        visits.take(seed: seed("", until: 900), midnight: 0)
        for (time, event) in observed { visits.take(event, at: time) }
        visits.missedEvents(at: 1_100, .notConnected)
        visits.take(snapshot: waiting("2.4", since: 10), at: 1_200)
        return visits
    }

    @Test func `what a lost connection missed is read from the log afterwards`() throws {
        var visits = Self.throughTheGap()
        #expect(visits.gaps.map { [$0.from, $0.to] } == [[1_100, 1_200]])
        visits.fill(from: Self.seed(Self.logOfGap, until: 1_201), midnight: 0)
        #expect(visits.gaps.isEmpty)
        var day = try #require(visits.days().first)
        #expect(day.offered == 4 && day.answered == 2 && day.abandoned == 1 && day.inProgress == 1)
        #expect(day.wait == 50 && day.talk == 110)
        #expect(visits.agents().map(\.missed) == [0, 1])
        // 2.2 is still talking, and 2.4 is answered; both end after the gap.
        var end = QueueCallEvent(
            .completed(.agent),
            queue: "support",
            caller: "2.2",
            interface: "PJSIP/101",
            memberName: "Anna"
        )
        (end.wait, end.talk) = (40, 100)
        visits.take(.queueCall(end), at: 1_230)
        visits.take(Self.connected("2.4", wait: 50), at: 1_240)
        day = try #require(visits.days().first)
        #expect(day.offered == 4 && day.answered == 3 && day.inProgress == 0 && day.talk == 210 && day.wait == 100)
    }

    @Test func `a log that does not cover the gap leaves the figures incomplete`() {
        var visits = Self.throughTheGap()
        let before = visits.days()
        var rotated = Self.seed("1150|2.3|support|NONE|ABANDON|1|1|30", until: 1_201)
        rotated.isKnownFrom = 1_150
        visits.fill(from: rotated, midnight: 0)
        visits.fill(from: Self.seed(Self.logOfGap, until: 1_150), midnight: 0)
        // Stored over AMI, by somebody who may have missed the same events.
        var stored = Self.seed(Self.logOfGap, until: 1_201)
        stored.isLoggedUntil = 1_000
        visits.fill(from: stored, midnight: 0)
        #expect(visits.gaps.count == 1 && visits.days() == before)
    }

    @Test func `what was seen after the gap is not counted twice`() throws {
        var visits = Self.throughTheGap()
        visits.take(Self.connected("2.4", wait: 11), at: 1_201)
        let log = Self.logOfGap + "\n1201|2.4|support|Anna|CONNECT|11|1.9|3"
        visits.take(Self.joined("2.5"), at: 1_203)
        visits.fill(from: Self.seed(log, until: 1_202), midnight: 0)
        let day = try #require(visits.days().first)
        #expect(day.offered == 5 && day.answered == 3 && day.abandoned == 1 && day.inProgress == 1)
    }
}
