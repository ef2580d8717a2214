import Base
import CallRecords
import Switchboard
import Testing
import TestSupport

@testable import Services

/// Today's figures, by the rules of the reports (contract, section 5).
@Suite struct TodayVisitsTests {
    private static func visits(from now: Moment, zone: ZoneTable = .utc) -> TodayVisits {
        TodayVisits(from: now, zone: zone) { _ in QueueDay.Limits(serviceLevel: 20, shortAbandon: 5) }
    }

    private static func caller(_ kind: QueueCallerEvent.Kind, _ id: String, wait: Int? = nil) -> PBXEvent {
        var facts = QueueCallerFacts(queue: "support", uniqueid: id)
        (facts.position, facts.wait) = (1, wait)
        return .queueCaller(QueueCallerEvent(kind, facts))
    }

    private static func call(_ kind: QueueCallEvent.Kind, _ id: String, wait: Int, talk: Int? = nil) -> PBXEvent {
        var event = QueueCallEvent(kind, queue: "support", caller: id, interface: "PJSIP/101", memberName: "Anna")
        (event.wait, event.talk) = (wait, talk)
        return .queueCall(event)
    }

    /// A caller who is answered after a wait, and talks.
    private static func answered(_ visits: inout TodayVisits, _ id: String, at time: Moment, wait: Int, talk: Int) {
        visits.take(caller(.joined, id), at: time)
        let connected = time + .seconds(wait)
        visits.take(call(.connected, id, wait: wait), at: connected)
        visits.take(caller(.left, id), at: connected)
        visits.take(call(.completed(.agent), id, wait: wait, talk: talk), at: connected + .seconds(talk))
    }

    /// A caller who hangs up after a wait.
    private static func abandoned(_ visits: inout TodayVisits, _ id: String, at time: Moment, wait: Int) {
        visits.take(caller(.joined, id), at: time)
        let end = time + .seconds(wait)
        visits.take(caller(.abandoned, id, wait: wait), at: end)
        visits.take(caller(.left, id), at: end)
        visits.take(.channel(.hungUp(ChannelEnd(uniqueid: id))), at: end)
    }

    @Test func `visits are counted as the report counts them`() throws {
        var visits = Self.visits(from: 1_000)
        // In time means within 20 seconds, inclusive; 4 seconds are a short abandon, 5 are not.
        Self.answered(&visits, "1.1", at: 1_000, wait: 20, talk: 60)
        Self.answered(&visits, "1.2", at: 1_010, wait: 21, talk: 30)
        Self.abandoned(&visits, "1.3", at: 1_020, wait: 4)
        Self.abandoned(&visits, "1.4", at: 1_030, wait: 5)
        visits.take(Self.caller(.joined, "1.5"), at: 1_200)
        visits.tick(at: 1_300)
        let day = try #require(visits.days().first)
        #expect(visits.days().count == 1 && day.queue == "support")
        #expect(day.offered == 5 && day.answered == 2 && day.answeredInTime == 1)
        #expect(day.abandoned == 2 && day.abandonedShort == 1 && day.inProgress == 1 && day.otherwiseLost == 0)
        #expect(day.lost == 1 && day.wait == 41 && day.talk == 90)
        // 1 of 5 minus one short abandon and one in progress.
        #expect(day.serviceLevelPercent == 1.0 / 3 * 100)
        #expect(day.averageWait == .milliseconds(20_500))
    }

    @Test func `the same call may enter a queue twice, and makes two visits`() throws {
        var visits = Self.visits(from: 1_000)
        Self.answered(&visits, "1.1", at: 1_000, wait: 1, talk: 10)
        Self.answered(&visits, "1.1", at: 1_100, wait: 1, talk: 10)
        #expect(try #require(visits.days().first).offered == 2)
    }

    @Test func `a day ends at midnight of the zone, and a visit belongs to the day on which it began`() throws {
        // 2026-11-22 20:00 UTC is 23:00 in Moscow.
        let evening: Moment = 1_795_377_600
        var visits = Self.visits(from: evening, zone: ZoneTable(name: "Europe/Moscow", fixedOffset: 3 * 3600))
        Self.answered(&visits, "1.1", at: evening, wait: 5, talk: 10)
        visits.take(Self.caller(.joined, "1.2"), at: evening + .seconds(3_590))
        visits.tick(at: evening + .seconds(3_599))
        #expect(visits.days().map(\.offered) == [2])
        visits.tick(at: evening + .seconds(3_601))
        #expect(visits.since == evening + .seconds(3_600))
        #expect(visits.days() == [])
        Self.answered(&visits, "1.3", at: evening + .seconds(3_700), wait: 5, talk: 10)
        #expect(visits.days().map(\.offered) == [1])
    }

    @Test func `a day without visits has no ratio`() {
        #expect(QueueDay(queue: "q").serviceLevelPercent == nil)
        #expect(QueueDay(queue: "q").averageWait == nil)
    }
}
