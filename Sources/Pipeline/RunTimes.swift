internal import Glibc

/// Where the time of a run went. Three lanes work side by side: one reads and transforms, one makes calls, one loads.
public struct RunTimes: Sendable {
    /// Reading files and tables, and taking records apart.
    public internal(set) var reading = Duration.zero
    /// Moments, identities and duplicates of what was read.
    public internal(set) var transforming = Duration.zero
    /// Making calls of legs.
    public internal(set) var makingCalls = Duration.zero
    /// Processor time of the lane that loads: comparing with what is stored, and sending what is new.
    public internal(set) var sending = Duration.zero
    /// While the lane that loads waited for the server.
    public internal(set) var server = Duration.zero
    /// As much of ``server`` as made the indexes of a first load.
    public internal(set) var indexing = Duration.zero
    /// While the lane that loads waited for the others.
    public internal(set) var waiting = Duration.zero

    /// Divides what the lane that loads did not wait for others into its own work and the server's.
    ///
    /// - Parameters:
    ///   - elapsed: from the beginning of the run.
    ///   - processor: time of the run's thread meanwhile.
    mutating func close(elapsed: Duration, processor: Duration) {
        sending = processor
        server = max(.zero, elapsed - processor - waiting)
    }

    /// Processor time of this thread so far.
    static var ofThread: Duration {
        var time = timespec()
        guard clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time) == 0 else { return .zero }
        return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
    }

    /// For a person.
    public var description: String {
        func text(_ duration: Duration) -> String {
            let hundredths = Int((duration / .milliseconds(10)).rounded())
            return "\(hundredths / 100).\(hundredths % 100 < 10 ? "0" : "")\(hundredths % 100) s"
        }
        return "Side by side: reading \(text(reading)), transforming \(text(transforming)); making calls"
            + " \(text(makingCalls)); comparing and sending \(text(sending)), waiting for the server \(text(server))"
            + " (indexes: \(text(indexing))) and for the other lanes \(text(waiting))."
    }
}
