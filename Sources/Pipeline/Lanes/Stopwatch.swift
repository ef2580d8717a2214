internal import Synchronization

/// Adds up the time of repeated work, on any thread.
final class Stopwatch: Sendable {
    private let total = Mutex(Duration.zero)

    /// The total so far.
    var elapsed: Duration { total.withLock { $0 } }

    func add(_ duration: Duration) { total.withLock { $0 += duration } }

    /// Runs `body` and adds its duration, even if it throws.
    func measure<Result, Failure>(_ body: () throws(Failure) -> Result) throws(Failure) -> Result {
        let begun = ContinuousClock.now
        defer { add(begun.duration(to: .now)) }
        return try body()
    }
}
