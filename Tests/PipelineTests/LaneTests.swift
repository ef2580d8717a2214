import Dispatch
import Synchronization
import Testing

@testable import Pipeline

struct LaneTests {
    @Test func `outputs come in the order of the inputs, each once`() throws {
        let lane = Lane<Int, Int> { { $0 * 10 } }
        var outputs: [Int] = []
        for input in 0..<500 { if let output = try lane.send(input) { outputs.append(output) } }
        if let output = try lane.finish() { outputs.append(output) }
        #expect(outputs == (0..<500).map { $0 * 10 })
        #expect(try lane.finish() == nil)
    }

    @Test func `the worker is created on the lane and lives as long as the lane`() throws {
        final class Counter { var count = 0 }
        let lane = Lane<Int, Int> {
            let counter = Counter()
            return { _ in
                counter.count += 1
                return counter.count
            }
        }
        #expect(try lane.send(0) == nil)
        #expect(try lane.send(0) == 1)
        #expect(try lane.finish() == 2)
    }

    /// A failing run drops its lane while the lane is working.
    @Test func `a lane that is dropped in the middle of its work ends its thread`() throws {
        final class Worker {
            let ended: DispatchSemaphore
            init(_ ended: DispatchSemaphore) { self.ended = ended }
            deinit { ended.signal() }
        }
        let ended = DispatchSemaphore(value: 0)
        for _ in 0..<100 {
            let lane = Lane<Int, Int> {
                let worker = Worker(ended)
                return { input in withExtendedLifetime(worker) { input } }
            }
            _ = try lane.send(1)
        }
        for _ in 0..<100 { #expect(ended.wait(timeout: .now() + 60) == .success) }
    }
}

struct ReadAheadTests {
    private struct Broken: Error {}

    @Test func `everything comes in order, and then the end, however often it is asked for`() throws {
        let values = ReadAhead<Int> { handOver in for value in 0..<500 { #expect(handOver(value)) } }
        for value in 0..<500 { #expect(try values.next() == value) }
        for _ in 0..<3 { #expect(try values.next() == nil) }
    }

    @Test func `an error comes after the values before it`() throws {
        let values = ReadAhead<Int> { handOver in
            _ = handOver(1)
            throw Broken()
        }
        #expect(try values.next() == 1)
        #expect(throws: Broken.self) { try values.next() }
        #expect(try values.next() == nil)
    }

    @Test func `the reader is told when nobody wants more`() throws {
        let ended = DispatchSemaphore(value: 0)
        let read = Mutex(0)
        do {
            let values = ReadAhead<Int> { handOver in
                while handOver(1) { read.withLock { $0 += 1 } }
                ended.signal()
            }
            _ = try values.next()
        }
        #expect(ended.wait(timeout: .now() + 60) == .success)
        // One value was taken; a second may have been offered.
        #expect(read.withLock { $0 } <= 2)
    }

    /// A pipe may be silent for hours.
    @Test func `waiting ends with the task`() async {
        let silence = DispatchSemaphore(value: 0)
        let task = Task {
            let values = ReadAhead<Int> { _ in silence.wait() }
            return try values.next()
        }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        silence.signal()
    }
}
