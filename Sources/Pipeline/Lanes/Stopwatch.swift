internal import Synchronization

/// Adds up how long something took, again and again, on whatever thread.
final class Stopwatch: Sendable {
    private let total = Mutex(Duration.zero)

    /// All of it so far.
    var elapsed: Duration { total.withLock { $0 } }

    func add(_ duration: Duration) { total.withLock { $0 += duration } }

    /// Runs `body` and adds how long it took, also where it throws.
    func measure<Result, Failure>(_ body: () throws(Failure) -> Result) throws(Failure) -> Result {
        let begun = ContinuousClock.now
        defer { add(begun.duration(to: .now)) }
        return try body()
    }
}
