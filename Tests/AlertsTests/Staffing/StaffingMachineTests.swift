import Base
import Switchboard
import Testing

@testable import Alerts

/// Hand-made days. Unless a test says otherwise: more than 60 s of waiting for 10 s calls for Erik; 20 s or less for 30 s
/// lets him go, but not before he was in for 100 s.
@Suite struct StaffingMachineTests {
    @Test func `callers wait for long enough, and somebody is added until it has been calm for long enough`() {
        var day = StaffingHarness(StaffingHarness.rule())
        day.pass(5, wait: 60)
        #expect(day.phase == .normal)
        // Bad from second 6 on, so the order is given at 16.
        day.pass(10, wait: 61)
        #expect(day.phase == .pending && day.story.isEmpty)
        day.pass(1, wait: 61)
        #expect(day.phase == .staffed && day.story == ["16 begin Erik"])
        day.pass(94, wait: 70)
        // Between the two ranges nothing changes.
        day.pass(40, wait: 40)
        #expect(day.phase == .staffed)
        // Calm from second 151 on, so recovering until 181; the least time was over at 116.
        day.pass(30, wait: 20)
        #expect(day.phase == .recovering && day.story == ["16 begin Erik"])
        day.pass(2, wait: nil)
        #expect(day.phase == .normal && day.story == ["16 begin Erik", "181 end Erik"])
        #expect(day.queue.members.map(\.name) == ["Alice"])
        day.pass(500, wait: nil)
        #expect(day.story.count == 2 && day.machine.memory.isEmpty)
    }

    @Test func `waits that end before the time is over change nothing, and calm that ends takes nobody out`() {
        var day = StaffingHarness(StaffingHarness.rule { $0.leastTime = .zero })
        for _ in 0..<5 {
            day.pass(10, wait: 90)
            day.pass(1, wait: 60)
        }
        #expect(day.story.isEmpty)
        day.pass(11, wait: 90)
        for _ in 0..<5 {
            day.pass(30, wait: 0)
            day.pass(1, wait: 21)
        }
        #expect(day.story == ["66 begin Erik"] && day.phase == .staffed)
    }

    @Test func `the least time in is kept although it has long been calm`() {
        var day = StaffingHarness(StaffingHarness.rule { $0.leastTime = .seconds(300) })
        day.pass(11, wait: 90)
        day.pass(299, wait: nil)
        #expect(day.story == ["11 begin Erik"])
        day.pass(1, wait: nil)
        #expect(day.story == ["11 begin Erik", "311 end Erik"])
    }

    @Test(arguments: [
        ("in a call of this queue", true, QueueBoard.Member.Status.notInUse), ("in another call", false, .inUse),
        ("ringing", false, .ringing), ("on hold", false, .onHold),
    ])
    func `nobody is taken out during a call`(what: String, isInCall: Bool, status: QueueBoard.Member.Status) {
        var day = StaffingHarness(StaffingHarness.rule { $0.longestTime = .seconds(200) })
        day.pass(11, wait: 90)
        day["Erik"]?.isInCall = isInCall
        day["Erik"]?.status = status
        day.pass(1000, wait: nil)
        #expect(day.story == ["11 begin Erik"], "\(what)")
        day["Erik"]?.isInCall = false
        day["Erik"]?.status = .notInUse
        day.pass(1, wait: nil)
        #expect(day.story == ["11 begin Erik", "1012 end Erik"], "\(what)")
    }

    @Test func `more members follow one after the other, up to the most`() {
        var day = StaffingHarness(
            StaffingHarness.rule {
                $0.most = 2
                $0.candidates.append(.init("PJSIP/105", name: "Third"))
            }
        )
        day.pass(100, wait: 90)
        #expect(day.story == ["11 begin Erik", "31 begin Wera"])
    }

    @Test
    func `after the longest time the next member follows, and the first is not used again before it is calm`() {
        var day = StaffingHarness(StaffingHarness.rule { $0.longestTime = .seconds(200) })
        day.pass(700, wait: 90)
        #expect(day.story == ["11 begin Erik", "211 end Erik", "212 begin Wera", "412 end Wera"])
        day.pass(31, wait: nil)
        day.pass(11, wait: 90)
        #expect(day.story.last == "742 begin Erik")
    }

    @Test func `members, phones in use and phones that cannot be reached are not added`() {
        var day = StaffingHarness(
            StaffingHarness.rule {
                $0.candidates = ["pjsip/101", "PJSIP/1", "PJSIP/2", "PJSIP/3", "PJSIP/4"].map { .init($0) }
            }
        )
        day.devices = ["PJSIP/1": .inUse, "PJSIP/2": .unavailable, "PJSIP/3": .unknown]
        day.pass(20, wait: 90)
        #expect(day.story == ["11 begin PJSIP/4"])
    }

    @Test func `somebody whom a supervisor removed is not added again before it is calm`() {
        var day = StaffingHarness(StaffingHarness.rule { $0.candidates.removeLast() })
        day.pass(20, wait: 90)
        day["Erik"] = nil
        day.pass(300, wait: 90)
        #expect(day.story == ["11 begin Erik"])
        #expect(day.releases == ["it is not a member any more"])
        // Calm from 321, at rest from 351; bad from 360 on.
        day.pass(39, wait: nil)
        day.pass(11, wait: 90)
        #expect(day.story == ["11 begin Erik", "370 begin Erik"])
    }

    @Test func `somebody who was added by hand, or again by hand, is never taken out`() {
        var day = StaffingHarness(StaffingHarness.rule())
        day["Erik"] = StaffingHarness.member("PJSIP/103", "Erik", loggedIn: -5)
        day.pass(20, wait: 90)
        #expect(day.story == ["11 begin Wera"])
        day["Wera"] = StaffingHarness.member("PJSIP/104", "Wera", loggedIn: 20)
        day.started = (StaffingHarness.at(-9000), StaffingHarness.at(60))
        day.skip(60)
        day.pass(500, wait: nil)
        #expect(day.story == ["11 begin Wera"] && day.phase == .normal)
        #expect(day.releases == ["somebody else has added the member again"])
        #expect(day["Erik"] != nil && day["Wera"] != nil)
    }

    @Test func `without a connection nothing is done in any state, and the time does not count`() {
        var day = StaffingHarness(StaffingHarness.rule())
        day.pass(10, wait: 90)
        day.isConnected = false
        day.pass(100, wait: 90)
        #expect(day.phase == .pending && day.story.isEmpty)
        day.isConnected = true
        // Bad from second 1 until 11, when the loss is seen: that is long enough as soon as the connection is back.
        day.pass(2, wait: 90)
        #expect(day.story == ["111 begin Erik"])
        day.pass(150, wait: 90)
        day.pass(10, wait: nil)
        day.isConnected = false
        day.pass(1000, wait: nil)
        #expect(day.phase == .recovering && day.story.count == 1)
        day.isConnected = true
        day.pass(20, wait: nil)
        // Calm from 263 until 273, and again from 1273: the thirtieth second is 1293.
        #expect(day.story.count == 1)
        day.pass(2, wait: nil)
        #expect(day.story == ["111 begin Erik", "1293 end Erik"])
    }

    @Test func `what changed while there was no connection is seen before anything is done`() {
        var day = StaffingHarness(StaffingHarness.rule())
        day.pass(20, wait: 90)
        day.isConnected = false
        day["Erik"] = nil
        day.pass(500, wait: nil)
        day.isConnected = true
        day["Erik"] = StaffingHarness.member("PJSIP/103", "Erik", loggedIn: 400)
        day.started = (StaffingHarness.at(-9000), StaffingHarness.at(519))
        day.pass(300, wait: nil)
        #expect(day.story == ["11 begin Erik"] && day["Erik"] != nil)
    }

    @Test func `hours that end let members go`() throws {
        // 2025-11-24 was a Monday; the start is 16:00:00 UTC.
        let hours = try #require(AlertSchedule.Hours("mon-fri 09:00-16:05"))
        var day = StaffingHarness(StaffingHarness.rule { $0.condition.schedule = AlertSchedule([hours]) })
        day.pass(299, wait: 90)
        #expect(day.phase == .staffed)
        day.pass(60, wait: 90)
        #expect(day.story == ["11 begin Erik", "330 end Erik"])
    }

    @Test func `a free member who was put in is no reason to take the member out`() {
        var day = StaffingHarness(
            StaffingHarness.rule {
                // Nobody is free: below 1.
                $0.condition = AlertRule("reserve", .queueFreeAgents, NagiosRange(low: 1, high: .infinity))
                ($0.leastTime, $0.most) = (.zero, 2)
            }
        )
        day.pass(100, wait: nil)
        #expect(day.story == ["1 begin Erik"] && day.phase == .staffed)
        day["Alice"]?.status = .notInUse
        day.pass(1, wait: nil)
        #expect(day.story == ["1 begin Erik", "101 end Erik"])
    }

    @Test func `a dry run gives the same orders, and sends none`() {
        var day = StaffingHarness(StaffingHarness.rule { $0.isDryRun = true })
        day.pass(150, wait: 90)
        day.pass(32, wait: nil)
        #expect(day.story == ["11 begin Erik dry", "181 end Erik dry"])
        #expect(day.queue.members.map(\.name) == ["Alice"])
    }

    @Test func `a clock that is set back by an hour delays nothing by an hour`() {
        var day = StaffingHarness(StaffingHarness.rule())
        day.skip(3600)
        day.pass(11, wait: 90)
        day.skip(-3600)
        day.pass(99, wait: nil)
        #expect(day.story == ["3611 begin Erik"])
        day.pass(3, wait: nil)
        #expect(day.story == ["3611 begin Erik", "112 end Erik"])
    }
}
