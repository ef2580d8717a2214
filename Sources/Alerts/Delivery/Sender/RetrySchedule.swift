/// When a receiver that did not take a message is tried again: after 1 s, then twice as long each time, up to 5 minutes,
/// for a day.
public struct RetrySchedule: Sendable, Equatable {
    /// The pause after the first failure.
    public var first: Duration = .seconds(1)
    /// The longest pause of the schedule.
    public var longest: Duration = .seconds(300)
    /// The longest pause that a receiver may ask for with `Retry-After`.
    public var longestRequested: Duration = .seconds(3600)
    /// How long a message is tried for.
    public var lifetime: Duration = .seconds(86_400)
    /// After this many failures in a row only one attempt is made in each of the longest pauses, whatever the message.
    public var breaker = 10
    /// How long a receiver has to fail before its fallback is told as well.
    public var patience: Duration = .seconds(600)

    /// The usual schedule.
    public init() {}

    /// The pause after a number of failures in a row.
    ///
    /// - Parameters:
    ///   - failures: 1 or more.
    ///   - jitter: 0 … 1, random: it shortens the pause by up to a fifth, so that many programs do not return at the
    ///     same moment.
    ///   - requested: what the receiver asked for.
    func pause(after failures: Int, jitter: Double, requested: Duration? = nil) -> Duration {
        var pause = failures >= breaker ? longest : first
        for _ in 1..<max(1, min(failures, breaker)) where pause < longest { pause *= 2 }
        pause = min(pause, longest)
        pause -= pause * (0.2 * min(max(jitter, 0), 1))
        return max(pause, min(requested ?? .zero, longestRequested))
    }
}
