import Base
import Testing
import TestSupport

@testable import Switchboard

@Suite struct QueueBoardEdgeTests {
    private static func caller(_ uniqueid: String, _ position: Int, since: Moment = 1000) -> QueueBoard.Caller {
        QueueBoard.Caller(
            channel: "PJSIP/\(uniqueid)",
            uniqueid: uniqueid,
            number: "",
            name: "",
            position: position,
            since: since
        )
    }

    @Test func `a caller who joins ahead moves the others back, and one who leaves moves them up`() {
        var queue = QueueBoard.Queue(name: "support")
        queue.put(Self.caller("first", 1))
        queue.put(Self.caller("second", 2))
        queue.put(Self.caller("preferred", 1))
        #expect(queue.callers.map(\.uniqueid) == ["preferred", "first", "second"])
        #expect(queue.callers.map(\.position) == [1, 2, 3])
        queue.removeCaller("first")
        #expect(queue.callers.map(\.uniqueid) == ["preferred", "second"])
        #expect(queue.callers.map(\.position) == [1, 2])
    }

    /// A snapshot has the wait in whole seconds, so that the time of entry worked out from it may be off by one.
    @Test func `a snapshot less than two seconds off does not change since when a caller waits`() {
        let new = Self.caller("a", 1, since: 1000)
        #expect(new.since(of: Self.caller("a", 1, since: 998.001)).since == 998.001)
        #expect(new.since(of: Self.caller("a", 1, since: 1001.999)).since == 1001.999)
        #expect(new.since(of: Self.caller("a", 1, since: 998)).since == 1000)
        #expect(new.since(of: Self.caller("a", 1, since: 1002)).since == 1000)
    }

    @Test func `a score of 0 is one that nobody measured`() {
        var tally = QualityTally()
        for score in [0, 85, 91.5] {
            var report = MediaReport()
            (report.channel, report.lost, report.experience) = ("PJSIP/101-1", 0, score)
            tally.take(report)
        }
        let measures = tally.section?.measures.filter { $0.name == "media_experience" }
        #expect(measures?.map(\.value) == [85])
    }
}
