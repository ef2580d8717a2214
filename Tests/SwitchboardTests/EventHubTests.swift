import Switchboard
import Testing

private struct Tick: HubElement, Equatable {
    var number: Int
    var byteCount = 100
    var isEssential = false
}

private struct Broken: Error {}

@Suite(.timeLimit(.minutes(10))) struct EventHubTests {
    private typealias Hub = EventHub<Tick, Broken>

    /// Numbers, and `-n` for n lost ones, until the stream ends.
    private static func read(_ reader: HubReader<Tick, Broken>) async throws -> [Int] {
        var read: [Int] = []
        while let item = try await reader.next() {
            switch item {
            case .element(let tick): read.append(tick.number)
            case .lag(let dropped): read.append(-dropped)
            }
        }
        return read
    }

    @Test func `one stalled reader among fifty loses its own events and nobody else's`() async throws {
        let hub = Hub()
        let stalled = hub.reader(limit: HubLimit(events: 100))
        let readers = (0..<49).map { _ in hub.reader(limit: HubLimit(events: 100_000)) }
        let count = 20_000
        try await withThrowingTaskGroup(of: [Int].self) { group in
            for reader in readers { group.addTask { try await Self.read(reader) } }
            for number in 1...count { hub.publish(Tick(number: number)) }
            hub.finish()
            for try await read in group { #expect(read == Array(1...count)) }
        }
        #expect(stalled.counts.received == count)
        #expect(stalled.counts.dropped == count - 100)
        #expect(try await Self.read(stalled) == Array(1...100) + [100 - count])
    }

    @Test func `a reader is bounded in bytes as well`() async throws {
        let hub = Hub()
        let reader = hub.reader(limit: HubLimit(events: 1_000_000, bytes: 1_000))
        for number in 1...50 { hub.publish(Tick(number: number, byteCount: 300)) }
        #expect(reader.unread.events == 3)
        #expect(reader.unread.bytes == 900)
        hub.publish(Tick(number: 51, byteCount: 5_000))
        hub.finish()
        #expect(try await Self.read(reader) == [1, 2, 3, -48])
    }

    @Test func `what fills the limit to the byte is kept`() {
        let hub = Hub()
        let reader = hub.reader(limit: HubLimit(events: 1_000_000, bytes: 1_000))
        for number in 1...3 { hub.publish(Tick(number: number, byteCount: 500)) }
        #expect(reader.unread.events == 2)
        #expect(reader.counts.dropped == 1)
    }

    @Test func `a loss is reported in its place, before later events`() async throws {
        let hub = Hub()
        let reader = hub.reader(limit: HubLimit(events: 2))
        for number in 1...5 { hub.publish(Tick(number: number)) }
        guard case .element(let first)? = try await reader.next() else {
            Issue.record("no first element")
            return
        }
        #expect(first.number == 1)
        guard case .element? = try await reader.next() else {
            Issue.record("no second element")
            return
        }
        hub.publish(Tick(number: 6))
        hub.finish()
        #expect(try await Self.read(reader) == [-3, 6])
    }

    @Test func `a late reader gets what comes after it, and one after the end gets the end`() async throws {
        let hub = Hub()
        hub.publish(Tick(number: 1))
        let late = hub.reader()
        hub.publish(Tick(number: 2))
        hub.finish(Broken())
        guard case .element(let tick)? = try await late.next() else {
            Issue.record("no element")
            return
        }
        #expect(tick.number == 2)
        await #expect(throws: Broken.self) { try await late.next() }
        await #expect(throws: Broken.self) { try await hub.reader().next() }
    }

    @Test func `a full reader still gets the latest change of the connection`() async throws {
        let hub = Hub()
        let reader = hub.reader(limit: HubLimit(events: 1))
        for number in 1...3 { hub.publish(Tick(number: number)) }
        for number in 10...12 { hub.publish(Tick(number: number, isEssential: true)) }
        hub.finish()
        #expect(try await Self.read(reader) == [1, -2, 12])
    }

    @Test func `a reader can want only some events, and a released reader is forgotten`() async throws {
        let hub = Hub()
        let even = hub.reader { $0.number % 2 == 0 }
        do {
            let gone = hub.reader()
            #expect(hub.readerCount == 2)
            _ = gone.counts
        }
        for number in 1...4 { hub.publish(Tick(number: number)) }
        #expect(hub.readerCount == 1)
        hub.finish()
        #expect(try await Self.read(even) == [2, 4])
    }

    @Test func `a wait ends at its deadline and with its task`() async throws {
        let reader = Hub().reader()
        let start = ContinuousClock.now
        let early = try await reader.next(until: start + .milliseconds(30))
        #expect(early == nil)
        #expect(ContinuousClock.now - start >= .milliseconds(30))
        let waiting = Task { try await reader.next() == nil }
        waiting.cancel()
        #expect(try await waiting.value)
    }
}
