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
}
