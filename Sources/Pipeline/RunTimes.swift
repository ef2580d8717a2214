internal import Glibc

/// How the time of a run was spent. Three lanes work in parallel: one reads and transforms, one builds calls, one
/// loads.
public struct RunTimes: Sendable {
    /// Reading files and tables, and parsing records.
    public internal(set) var reading = Duration.zero
    /// Determining moments, identities and duplicates.
    public internal(set) var transforming = Duration.zero
    /// Building calls from legs.
    public internal(set) var makingCalls = Duration.zero
    /// Processor time of the loading lane: comparing with stored rows, and sending new ones.
    public internal(set) var sending = Duration.zero
    /// Time that the loading lane waited for the server.
    public internal(set) var server = Duration.zero
    /// The part of ``server`` spent on building the indexes of a first load.
    public internal(set) var indexing = Duration.zero
    /// Time that the loading lane waited for the others.
    public internal(set) var waiting = Duration.zero

    /// Divides the time in which the loading lane did not wait for other lanes into its own work and the server's.
    ///
    /// - Parameters:
    ///   - elapsed: from the beginning of the run.
    ///   - processor: the processor time of the run's thread in that period.
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

    /// A summary for people.
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
