import Base
import CallRecords
import Switchboard
import TestSupport
import Testing

@testable import Services

/// Counters since the start: they equal the report, and never fall.
@Suite struct QueueTotalsTests {
    private static func visits(from now: Moment) -> TodayVisits {
        TodayVisits(from: now, zone: .utc) { _ in QueueDay.Limits(serviceLevel: 20, shortAbandon: 5) }
    }

    private static func seed(_ log: String, until: Moment) -> TodaySeed {
        let events = log.split(separator: "\n").compactMap { TodayVisits.event(of: String($0)) }
        return TodaySeed(events: events.map { (callid: $0.0, event: $0.1) }, isKnownUntil: until)
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

    /// The events of a caller who is answered after a wait, and talks.
    private static func answered(_ id: String, at time: Moment, wait: Int, talk: Int) -> [(Moment, PBXEvent)] {
        let connected = time + .seconds(wait)
        return [
            (time, caller(.joined, id)), (connected, call(.connected, id, wait: wait)), (connected, caller(.left, id)),
            (connected + .seconds(talk), call(.completed(.agent), id, wait: wait, talk: talk)),
        ]
    }

    /// The events of a caller who hangs up after a wait.
    private static func abandoned(_ id: String, at time: Moment, wait: Int) -> [(Moment, PBXEvent)] {
        let end = time + .seconds(wait)
        return [
            (time, caller(.joined, id)), (end, caller(.abandoned, id, wait: wait)), (end, caller(.left, id)),
            (end, .channel(.hungUp(ChannelEnd(uniqueid: id)))),
        ]
    }

    /// Every number of the counters, so that a fall of any of them is found.
    private static func numbers(_ totals: QueueTotals?) -> [Int] {
        let totals = totals ?? QueueTotals()
        return QueueTotals.outcomes.map { totals.visits[$0] ?? 0 } + totals.answeredWaits.counts
            + totals.lostWaits.counts + [
                totals.answeredInTime, totals.talks, totals.talkSeconds,
                Int(totals.answeredWaits.sum.components.seconds), Int(totals.lostWaits.sum.components.seconds),
            ]
    }

    /// Takes events one by one; fails if a number falls.
    private static func take(_ events: [(Moment, PBXEvent)], _ visits: inout TodayVisits) {
        for (time, event) in events {
            watch(&visits) {
                $0.take(event, at: time)
                $0.tick(at: time)
            }
        }
    }

    private static func watch(_ visits: inout TodayVisits, _ step: (inout TodayVisits) -> Void) {
        let before = numbers(visits.totals["support"])
        step(&visits)
        let after = numbers(visits.totals["support"])
        #expect(zip(before, after).allSatisfy { $0 <= $1 })
    }

    @Test func `the counters equal the report of the same calls`() throws {
        var visits = Self.visits(from: 1_000)
        Self.take(Self.answered("1.1", at: 1_000, wait: 20, talk: 60), &visits)
        Self.take(Self.answered("1.2", at: 1_100, wait: 21, talk: 30), &visits)
        Self.take(Self.abandoned("1.3", at: 1_200, wait: 4), &visits)
        Self.take(Self.abandoned("1.4", at: 1_300, wait: 6), &visits)
        Self.take([(1_400, Self.caller(.joined, "1.5"))], &visits)
        visits.tick(at: 1_500)
        let totals = try #require(visits.totals["support"])
        #expect(totals.visits == [.answered: 2, .abandoned: 2])
        // Classes up to 5, 10, 20, 30, 60, 120, 300 and 600 seconds, and more.
        #expect(totals.answeredWaits.counts == [0, 0, 1, 1, 0, 0, 0, 0, 0])
        #expect(totals.answeredWaits.sum == .seconds(41) && totals.answeredInTime == 1)
        #expect(totals.lostWaits.counts == [1, 1, 0, 0, 0, 0, 0, 0, 0] && totals.lostWaits.sum == .seconds(10))
        #expect(totals.talks == 2 && totals.talkSeconds == 90)
        let day = try #require(visits.days().first)
        #expect(day.offered - day.inProgress == 4 && day.answered == 2 && day.abandoned == 2 && day.talk == 90)
    }

    @Test func `midnight takes nothing away, and counts nothing twice`() {
        var visits = Self.visits(from: 86_000)
        Self.take(Self.answered("1.1", at: 86_000, wait: 5, talk: 10), &visits)
        // 1.2 talks over midnight, 1.3 waits over it.
        Self.take(Self.answered("1.2", at: 86_390, wait: 5, talk: 100), &visits)
        #expect(visits.totals["support"]?.visits == [.answered: 2])
        #expect(visits.totals["support"]?.talks == 2 && visits.totals["support"]?.talkSeconds == 110)
        var second = Self.visits(from: 86_000)
        Self.take(Self.abandoned("1.3", at: 86_380, wait: 40), &second)
        Self.take(Self.abandoned("1.4", at: 90_000, wait: 700), &second)
        #expect(second.days().map(\.offered) == [1])
        #expect(second.totals["support"]?.visits == [.abandoned: 2])
        #expect(second.totals["support"]?.lostWaits.counts == [0, 0, 0, 0, 1, 0, 0, 0, 1])
    }

    @Test func `what the log has from before the start is not counted`() {
        var visits = Self.visits(from: 300)
        var facts = QueueCallerFacts(queue: "support", uniqueid: "1.3")
        (facts.position, facts.wait) = (1, 50)
        visits.take(snapshot: [.queue(QueueFacts(name: "support")), .caller(facts)], at: 300)
        let log = """
            100|1.1|support|NONE|ENTERQUEUE||0301|1
            110|1.1|support|Anna|CONNECT|10|1.9|3
            170|1.1|support|Anna|COMPLETECALLER|10|60|1
            200|1.2|support|NONE|ENTERQUEUE||0302|1
            230|1.2|support|NONE|ABANDON|1|1|30
            250|1.3|support|NONE|ENTERQUEUE||0303|1
            """
        visits.take(seed: Self.seed(log, until: 300), midnight: 0)
        #expect(visits.days().map(\.offered) == [3] && visits.totals.isEmpty)
        Self.take([(310, Self.call(.connected, "1.3", wait: 60))], &visits)
        #expect(visits.totals["support"]?.visits == [.answered: 1])
        #expect(visits.totals["support"]?.answeredWaits.counts == [0, 0, 0, 0, 1, 0, 0, 0, 0])
    }

    /// 2.1 is answered before the gap from 1,100 to 1,200; 2.2 waits at its beginning.
    private static func throughTheGap() -> TodayVisits {
        var visits = Self.visits(from: 900)
        take(answered("2.1", at: 1_000, wait: 10, talk: 30), &visits)
        take([(1_090, caller(.joined, "2.2"))], &visits)
        watch(&visits) { $0.missedEvents(at: 1_100, .notConnected) }
        watch(&visits) { $0.take(snapshot: [.queue(QueueFacts(name: "support"))], at: 1_200) }
        return visits
    }

    @Test func `what a lost connection missed is counted as the log has it, once`() {
        var visits = Self.throughTheGap()
        #expect(visits.totals["support"]?.visits == [.answered: 1])
        let log = """
            1000|2.1|support|NONE|ENTERQUEUE||0301|1
            1010|2.1|support|Anna|CONNECT|10|2.9|3
            1040|2.1|support|Anna|COMPLETEAGENT|10|30|1
            1090|2.2|support|NONE|ENTERQUEUE||0302|1
            1120|2.2|support|Anna|CONNECT|30|2.8|3
            1160|2.2|support|Anna|COMPLETECALLER|30|40|1
            1150|2.3|support|NONE|ENTERQUEUE||0303|1
            1157|2.3|support|NONE|ABANDON|1|1|7
            """
        for _ in 1...2 { Self.watch(&visits) { $0.fill(from: Self.seed(log, until: 1_250), midnight: 0) } }
        #expect(visits.totals["support"]?.visits == [.answered: 2, .abandoned: 1])
        #expect(visits.totals["support"]?.talks == 2 && visits.totals["support"]?.talkSeconds == 70)
        #expect(visits.totals["support"]?.lostWaits.sum == .seconds(7))
    }

    @Test func `a visit whose end no log has is counted as unserved at midnight`() {
        var visits = Self.throughTheGap()
        Self.watch(&visits) { $0.tick(at: 86_401) }
        #expect(visits.totals["support"]?.visits == [.answered: 1, .unserved: 1])
        // The length of its wait is unknown.
        #expect(visits.totals["support"]?.lostWaits.count == 0)
    }
}
