import Base
import Switchboard
import Testing

@testable import Alerts

/// Restarts of the program and of the PBX, refused orders, and rules that change.
@Suite struct StaffingRestartTests {
    @Test func `a restart forgets nobody, takes nobody out by mistake, and does not count`() throws {
        var day = StaffingHarness(StaffingHarness.rule())
        day.pass(20, wait: 90)
        try day.restart()
        day.skip(1000)
        day.pass(5, wait: 90)
        #expect(day.phase == .staffed)
        day.pass(20, wait: nil)
        try day.restart()
        day.skip(1000)
        // Calm since 1026, of which the 19 seconds until the restart count; 11 more are needed.
        day.pass(11, wait: nil)
        #expect(day.story == ["11 begin Erik"])
        day.pass(1, wait: nil)
        #expect(day.story == ["11 begin Erik", "2057 end Erik"])
    }

    @Test func `without its file the rule takes nobody out`() {
        var day = StaffingHarness(StaffingHarness.rule())
        day.pass(20, wait: 90)
        day.loseState()
        day.pass(500, wait: nil)
        #expect(day.story == ["11 begin Erik"] && day["Erik"] != nil)
    }

    @Test(arguments: [Int.max, Int.min])
    func `a number of failures that only a damaged file has does no harm`(_ failures: Int) {
        var state = StaffingState(at: StaffingHarness.start)
        state.trouble = .init(since: StaffingHarness.start, failures: failures, reason: "")
        _ = state.fail("no", of: "reserve", at: StaffingHarness.start)
        // At least the first pause, at most the longest one.
        let pause = state.restUntil.map { $0 - StaffingHarness.start } ?? .zero
        #expect(pause >= .seconds(30) && pause <= StaffingMachine.longestBackOff)
    }

    /// The program is killed after it has written down the order: before the PBX gets it, or before its answer.
    @Test(arguments: [false, true])
    func `a kill during an order neither doubles nor forgets it`(isCarriedOut: Bool) throws {
        var day = StaffingHarness(StaffingHarness.rule { $0.candidates.removeLast() })
        day.pass(10, wait: 90)
        day.skip(1)
        day.queue.callers = [StaffingHarness.at(-90)]
        var sight = StaffingSight("main", queues: [day.queue])
        sight.devices = ["PJSIP/103": .notInUse]
        let step = day.machine.step([sight], at: StaffingHarness.at(11))
        let order = try #require(step.orders.first)
        if isCarriedOut { day.carryOut(order) }
        try day.restart()
        day.skip(3)
        day.pass(isCarriedOut ? 200 : 56, wait: 90)
        #expect(day.story.isEmpty)
        if !isCarriedOut {
            // The PBX may still carry it out for a minute, which is over at 71.
            day.pass(1, wait: 90)
            #expect(day.releases == ["the PBX has not carried out the order"])
            #expect(day.story == ["71 begin Erik"])
        }
        #expect(day["Erik"] != nil)
        day.pass(300, wait: nil)
        #expect(day["Erik"] == nil)
    }

    @Test func `somebody who was added by hand during an unknown order stays`() {
        var day = StaffingHarness(StaffingHarness.rule())
        day.answer = .staysSilent
        day.pass(11, wait: 90)
        day.answer = .carriesOut
        day["Erik"] = StaffingHarness.member("PJSIP/103", "Erik", loggedIn: 400)
        day.skip(400)
        day.pass(1, wait: nil)
        #expect(day.releases == ["it cannot be told who has added the member"])
        day.pass(500, wait: nil)
        #expect(day["Erik"] != nil && day.phase == .normal)
    }

    @Test func `an order whose answer was lost is recognised by its effect`() {
        var day = StaffingHarness(StaffingHarness.rule())
        day.answer = .staysSilentButCarriesOut
        day.pass(12, wait: 90)
        day.answer = .carriesOut
        #expect(day.machine.memory.placements.first?.since == StaffingHarness.at(11))
        day.pass(200, wait: nil)
        #expect(day["Erik"] == nil)
    }

    @Test func `a refused order is tried again after 30 s, and then twice as late each time`() {
        var day = StaffingHarness(StaffingHarness.rule())
        day.answer = .refuses
        day.pass(230, wait: 90)
        #expect(day.story.map { $0.split(separator: " ")[0] } == ["11", "41", "101", "221"])
        #expect(day.machine.memory.rules["reserve"]?.trouble?.failures == 4)
        #expect(day.events.count == 4)
        day.answer = .carriesOut
        day.pass(300, wait: 90)
        #expect(day.machine.memory.rules["reserve"]?.trouble == nil && day["Erik"] != nil)
        // Nor does an order to take out loop.
        day.answer = .refuses
        day.pass(300, wait: nil)
        #expect(day.story.count { $0.contains("end") } == 4)
    }

    @Test func `a member whom a restarted PBX has added again by itself is still the rule's`() {
        var day = StaffingHarness(StaffingHarness.rule())
        day.pass(20, wait: 90)
        day.isConnected = false
        day.pass(30, wait: 90)
        day.isConnected = true
        day["Erik"]?.loggedInSince = StaffingHarness.at(45)
        // Until the PBX's start is known, nothing is done.
        day.pass(200, wait: nil)
        #expect(day.story == ["11 begin Erik"])
        #expect(day.machine.memory.placements.map(\.isDoubtful) == [true])
        day.started = (StaffingHarness.at(44), StaffingHarness.at(230))
        day.pass(1, wait: nil)
        #expect(day.story == ["11 begin Erik", "251 end Erik"])
    }

    @Test func `if it never becomes known who has added a member, the member stays`() {
        var day = StaffingHarness(StaffingHarness.rule())
        day.pass(20, wait: 90)
        day["Erik"]?.loggedInSince = StaffingHarness.at(20)
        day.pass(600, wait: nil)
        #expect(day.releases.isEmpty)
        day.pass(2, wait: nil)
        #expect(day.releases == ["it cannot be told who has added the member"])
        day.pass(100, wait: nil)
        #expect(day["Erik"] != nil && day.phase == .normal)
    }

    @Test func `a rule that is turned off takes its members out at once, but not during a call`() throws {
        var day = StaffingHarness(StaffingHarness.rule())
        day.pass(20, wait: 90)
        day["Erik"]?.status = .inUse
        try day.restart([])
        day.pass(50, wait: 90)
        #expect(day.story == ["11 begin Erik"])
        day["Erik"]?.status = .notInUse
        day.pass(1, wait: 90)
        #expect(day.story == ["11 begin Erik", "71 end Erik"])
        #expect(day.machine.memory.placements.isEmpty)
        day.pass(1, wait: 90)
        #expect(day.machine.memory.isEmpty)
    }

    @Test func `a rule for another queue takes the members out of the old one`() throws {
        var day = StaffingHarness(StaffingHarness.rule())
        day.pass(20, wait: 90)
        try day.restart([StaffingHarness.rule { $0.queue = "sales" }])
        day.pass(1, wait: 90)
        #expect(day.story == ["11 begin Erik", "21 end Erik"])
    }

    @Test func `a lower penalty is set and restored`() {
        var day = StaffingHarness(StaffingHarness.rule(.penalty) { $0.penalty = 1 })
        day["Reserve"] = StaffingHarness.member("PJSIP/9", "Reserve")
        day["Reserve"]?.penalty = 7
        day["Later"] = StaffingHarness.member("PJSIP/8", "Later")
        day["Later"]?.penalty = 9
        day.pass(20, wait: 90)
        #expect(day.story == ["11 begin Reserve"])
        #expect(day["Reserve"]?.penalty == 1 && day["Later"]?.penalty == 9)
        day.pass(100, wait: nil)
        #expect(day.story == ["11 begin Reserve", "111 end Reserve"] && day["Reserve"]?.penalty == 7)
    }

    @Test func `a penalty that somebody else has set is left alone`() {
        var day = StaffingHarness(StaffingHarness.rule(.penalty))
        day["Reserve"] = StaffingHarness.member("PJSIP/9", "Reserve")
        day["Reserve"]?.penalty = 7
        day.pass(20, wait: 90)
        day["Reserve"]?.penalty = 3
        day.pass(500, wait: nil)
        #expect(day["Reserve"]?.penalty == 3 && day.releases == ["somebody else has changed the member"])
    }

    @Test func `a pause for one of the reasons is ended and begun again with its reason`() {
        var day = StaffingHarness(StaffingHarness.rule(.unpause) { $0.reasons = ["backoffice"] })
        for (interface, name, reason) in [("PJSIP/7", "Eater", "lunch"), ("PJSIP/8", "Writer", "Backoffice")] {
            var member = StaffingHarness.member(interface, name)
            (member.isPaused, member.pausedReason) = (true, reason)
            day[name] = member
        }
        day.pass(20, wait: 90)
        #expect(day.story == ["11 begin Writer"] && day["Writer"]?.isPaused == false && day["Eater"]?.isPaused == true)
        day.pass(100, wait: nil)
        #expect(day["Writer"]?.isPaused == true && day["Writer"]?.pausedReason == "Backoffice")
    }
}
