@testable import Alerts
import Base
import Logging
import NIOHTTP1
import Testing

@Suite struct DeliveryTests {
    private static let quiet = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

    /// A schedule a hundred times as fast as the usual one.
    private static var fast: RetrySchedule {
        var schedule = RetrySchedule()
        schedule.first = .milliseconds(10)
        schedule.longest = .milliseconds(200)
        return schedule
    }

    private func hook(
        _ server: TestReceiverServer,
        name: String = "hook",
        secret: String? = nil,
        change: (inout ReceiverOptions) -> Void = { _ in }
    ) throws -> any AlertReceiver {
        var options = ReceiverOptions(name: name)
        change(&options)
        return try ReceiverFactory(context: MessageContext()).receiver(
            options,
            .webhook(url: server.url + "/alerts?key=hidden", secret: secret)
        )
    }

    /// Runs a delivery while `body` does.
    private func deliver(
        to receivers: [any AlertReceiver],
        schedule: RetrySchedule = fast,
        _ body: (AlertDelivery) async throws -> Void
    ) async throws {
        let folder = try TestFolder()
        // The clock runs from when the messages were made: a message is given up after a day.
        let made = ten.adding(seconds: 60)
        let began = Moment.now
        let delivery = AlertDelivery(
            spool: try Spool(folder: folder.path),
            receivers: receivers,
            schedule: schedule,
            logger: Self.quiet,
            now: { made + (Moment.now - began) }
        )
        let running = Task { await delivery.run() }
        try await body(delivery)
        running.cancel()
        await running.value
    }

    private func ids(_ server: TestReceiverServer) -> [String] {
        server.requests.map { $0.headers.first(name: "X-CRM-VoIP-Id") ?? "" }
    }

    @Test(.timeLimit(.minutes(10)))
    func `a receiver that answers 500 five times gets the message once afterwards`() async throws {
        let server = try await TestReceiverServer { number, _ in .status(number < 5 ? 500 : 200) }
        try await deliver(to: [try hook(server)]) { delivery in
            try await delivery.accept(message("a"))
            #expect(try await eventually { delivery.status[0].figures.delivered == 1 })
            try await Task.sleep(for: .milliseconds(300))
            #expect(ids(server) == ["a", "a", "a", "a", "a", "a"])
            #expect(delivery.status[0].reason == nil)
        }
    }

    @Test(.timeLimit(.minutes(10)))
    func `a message that is refused with 400 fails at once, visibly, and the next is delivered`() async throws {
        let server = try await TestReceiverServer { number, _ in
            .status(number == 0 ? 400 : 200, body: "bad hidden field")
        }
        try await deliver(to: [try hook(server)]) { delivery in
            try await delivery.accept(message("a", group: "1"))
            try await delivery.accept(message("b", group: "2"))
            #expect(try await eventually { delivery.status[0].figures.delivered == 1 })
            #expect(ids(server) == ["a", "b"])
            #expect(delivery.status[0].figures.failed == 1)
            #expect(delivery.status[0].figures.lastReason == "127.0.0.1:\(server.port) answered 400: bad hidden field")
        }
    }

    @Test(.timeLimit(.minutes(10)))
    func `a receiver that hangs times out and does not delay another`() async throws {
        let stuck = try await TestReceiverServer { number, _ in number == 0 ? .hang : .status(200) }
        let other = try await TestReceiverServer()
        let slow = try hook(stuck, name: "slow") { $0.timeout = .seconds(3) }
        try await deliver(to: [slow, try hook(other)]) { delivery in
            let begin = ContinuousClock.now
            try await delivery.accept(message("a", to: "slow"))
            try await delivery.accept(message("b"))
            #expect(try await eventually { ids(other) == ["b"] })
            #expect(ContinuousClock.now - begin < .milliseconds(2900))
            #expect(try await eventually { ids(stuck) == ["a", "a"] })
            #expect(ContinuousClock.now - begin >= .seconds(3))
        }
    }

    @Test(.timeLimit(.minutes(10)))
    func `Retry-After of a 429 is respected`() async throws {
        let server = try await TestReceiverServer { number, _ in
            number == 0 ? .status(429, headers: [("Retry-After", "1")]) : .status(200)
        }
        try await deliver(to: [try hook(server)]) { delivery in
            let begin = ContinuousClock.now
            try await delivery.accept(message("a"))
            #expect(try await eventually { ids(server).count == 2 })
            #expect(ContinuousClock.now - begin >= .seconds(1))
        }
    }

    @Test(.timeLimit(.minutes(10)))
    func `a receiver that was down is told begin and end in one message`() async throws {
        let server = try await TestReceiverServer { number, request in
            request.text.contains("\"status\":\"resolved\"") ? .status(200) : .close
        }
        try await deliver(to: [try hook(server)]) { delivery in
            try await delivery.accept(message("a"))
            #expect(try await eventually { ids(server).count >= 2 })
            try await delivery.accept(message("b", .resolved))
            #expect(try await eventually { delivery.status[0].figures.delivered == 2 })
            let last = try #require(server.requests.last)
            #expect(last.headers.first(name: "X-CRM-VoIP-Id") == "b")
            #expect(last.text.contains("\"startsAt\":\"2026-11-28T10:01:00.000Z\""))
            #expect(last.text.contains("\"endsAt\":\"2026-11-28T10:09:00.000Z\""))
        }
    }

    @Test(.timeLimit(.minutes(10)))
    func `the fallback is told after the patience is over, and also that it is over`() async throws {
        let dead = try await TestReceiverServer { _, _ in .status(503) }
        let other = try await TestReceiverServer()
        var schedule = Self.fast
        schedule.patience = .milliseconds(100)
        let first = try hook(dead) { $0.fallback = "other" }
        try await deliver(to: [first, try hook(other, name: "other")], schedule: schedule) { delivery in
            try await delivery.accept(message("a"))
            #expect(try await eventually { ids(other) == ["a.other"] })
            try await delivery.accept(message("b", .resolved))
            #expect(try await eventually { ids(other) == ["a.other", "b.other"] })
            #expect(delivery.status[0].queued == 2)
            #expect(delivery.status[0].failingSince != nil)
        }
    }

    @Test(.timeLimit(.minutes(10))) func `the fallback gets a message that the receiver refused`() async throws {
        let strict = try await TestReceiverServer { _, _ in .status(401) }
        let other = try await TestReceiverServer()
        let first = try hook(strict) { $0.fallback = "other" }
        try await deliver(to: [first, try hook(other, name: "other")]) { delivery in
            try await delivery.accept(message("a"))
            #expect(try await eventually { ids(other) == ["a.other"] })
            #expect(try await eventually { delivery.status[0].figures.failed == 1 })
            #expect(ids(strict) == ["a"])
        }
    }

    @Test(.timeLimit(.minutes(10))) func `what fires is repeated to Alertmanager while nothing else is to be sent`()
        async throws
    {
        struct Repeated: AlertReceiver {
            let inner: any AlertReceiver
            var name: String { inner.name }
            var refreshInterval: Duration? { .milliseconds(50) }
            func deliver(_ message: OutgoingMessage) async -> DeliveryOutcome { await inner.deliver(message) }
        }
        let server = try await TestReceiverServer()
        try await deliver(to: [Repeated(inner: try hook(server))]) { delivery in
            try await delivery.accept(message("a"))
            #expect(try await eventually { server.requests.count > 3 })
            #expect(Set(ids(server)) == ["a"])
            try await delivery.accept(message("b", .resolved))
            #expect(try await eventually { delivery.status[0].figures.delivered == 2 })
            let count = server.requests.count
            try await Task.sleep(for: .milliseconds(300))
            // One repetition may have been on its way.
            #expect(server.requests.count <= count + 1)
        }
    }

    @Test(.timeLimit(.minutes(10))) func `what was not delivered is delivered after a restart`() async throws {
        let folder = try TestFolder()
        let server = try await TestReceiverServer()
        do {
            let spool = try Spool(folder: folder.path)
            try spool.accept(message("a"))
            try spool.accept(message("gone", to: "removed"))
        }
        let delivery = AlertDelivery(
            spool: try Spool(folder: folder.path),
            receivers: [try hook(server)],
            logger: Self.quiet
        )
        let running = Task { await delivery.run() }
        #expect(try await eventually { ids(server) == ["a"] })
        running.cancel()
        await running.value
        #expect(delivery.spool.read { $0.figures["removed"]?.failed } == 1)
    }

    @Test(.timeLimit(.minutes(10))) func `a receiver that wants one gets one sign of life`() async throws {
        let server = try await TestReceiverServer()
        try await deliver(to: [try hook(server) { $0.wantsSignOfLife = true }]) { delivery in
            #expect(try await eventually { server.requests.count == 1 })
            try await delivery.accept(message("a"))
            #expect(try await eventually { server.requests.count == 2 })
            #expect(ids(server)[0].hasPrefix("alive-hook-"))
        }
    }

    @Test func `a message for an unknown receiver is refused`() async throws {
        let server = try await TestReceiverServer()
        try await deliver(to: [try hook(server)]) { delivery in
            await #expect(throws: DeliveryError.self) { try await delivery.accept(message("a", to: "nobody")) }
        }
    }
}
