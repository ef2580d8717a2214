@testable import Alerts
import Base
import TestSupport
import Testing

@Suite struct DeliveryMachineTests {
    private let late = DeliveryOutcome.retry(reason: "no answer")

    @Test func `pauses double from one second to five minutes`() {
        let schedule = RetrySchedule()
        let pauses = (1...12).map { schedule.pause(after: $0, jitter: 0).wholeSeconds }
        #expect(pauses == [1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300, 300])
        #expect(schedule.pause(after: 1, jitter: 1) == .milliseconds(800))
    }

    @Test func `a receiver that asks for time gets it, up to an hour`() {
        let schedule = RetrySchedule()
        #expect(schedule.pause(after: 1, jitter: 0, requested: .seconds(120)) == .seconds(120))
        #expect(schedule.pause(after: 9, jitter: 0, requested: .seconds(3)) == .seconds(256))
        #expect(schedule.pause(after: 1, jitter: 0, requested: .seconds(90_000)) == .seconds(3600))
    }

    @Test func `a failed message is tried again after its pause, and others wait behind it`() {
        var machine = DeliveryMachine()
        #expect(machine.step(hasMessage: false, at: ten) == .idle)
        #expect(machine.step(hasMessage: true, at: ten) == .send)
        #expect(machine.attempted(late, queuedAt: ten, at: ten, jitter: 0) == .kept(reason: "no answer"))
        #expect(machine.step(hasMessage: true, at: ten) == .wait(until: ten + 1))
        #expect(machine.step(hasMessage: true, at: ten + 1) == .send)
        #expect(machine.attempted(.delivered(), queuedAt: ten, at: ten + 1, jitter: 0) == .delivered)
        #expect(machine.step(hasMessage: true, at: ten + 1) == .send)
        #expect(machine.failingSince == nil)
    }

    @Test func `a message that was refused fails at once and delays nothing`() {
        var machine = DeliveryMachine()
        let verdict = machine.attempted(.rejected(reason: "400"), queuedAt: ten, at: ten, jitter: 0)
        #expect(verdict == .failed(reason: "400"))
        #expect(machine.step(hasMessage: true, at: ten) == .send)
    }

    @Test func `the breaker opens after ten failures, and the next message does not start over`() {
        var machine = DeliveryMachine()
        var now = ten
        for number in 1...10 {
            #expect(machine.isBreakerOpen == false)
            _ = machine.attempted(late, queuedAt: now, at: now, jitter: 0)
            guard case .wait(let next) = machine.step(hasMessage: true, at: now) else { return #expect(number < 0) }
            now = next
        }
        #expect(machine.isBreakerOpen)
        // 1 + 2 + 4 + … + 256 + 300 seconds.
        #expect(now == ten + 811)
        _ = machine.attempted(late, queuedAt: now, at: now, jitter: 0)
        #expect(machine.step(hasMessage: true, at: now) == .wait(until: now + 300))
        _ = machine.attempted(.delivered(), queuedAt: now, at: now, jitter: 0)
        #expect(!machine.isBreakerOpen)
    }

    @Test func `a message expires after a day, but not before it was tried`() {
        var machine = DeliveryMachine()
        #expect(machine.step(hasMessage: true, at: ten + 200_000) == .send)
        #expect(machine.attempted(late, queuedAt: ten, at: ten + 86_399, jitter: 0) == .kept(reason: "no answer"))
        #expect(machine.attempted(late, queuedAt: ten, at: ten + 86_400, jitter: 0) == .expired(reason: "no answer"))
    }

    @Test func `a receiver is dead after ten minutes of failures`() {
        var machine = DeliveryMachine()
        _ = machine.attempted(late, queuedAt: ten, at: ten, jitter: 0)
        _ = machine.attempted(late, queuedAt: ten, at: ten + 599, jitter: 0)
        #expect(!machine.isDead(at: ten + 599))
        #expect(machine.isDead(at: ten + 600))
        _ = machine.attempted(.delivered(), queuedAt: ten, at: ten + 601, jitter: 0)
        #expect(!machine.isDead(at: ten + 5000))
    }

    @Test func `a clock that was set back does not stop delivery`() {
        var machine = DeliveryMachine()
        _ = machine.attempted(late, queuedAt: ten, at: ten, jitter: 0)
        #expect(machine.step(hasMessage: true, at: ten + -86_400) == .send)
    }

    @Test func `a sign of life is due once a day`() {
        #expect(SignOfLife.isDue(last: nil, at: ten))
        #expect(!SignOfLife.isDue(last: ten, at: ten + 86_399))
        #expect(SignOfLife.isDue(last: ten, at: ten + 86_400))
        #expect(SignOfLife.isDue(last: ten + 1, at: ten))
    }
}
