/// A histogram of durations.
public struct TimeHistogram: Sendable, Equatable {
    /// The upper limit of each class, inclusive; one more class has all longer durations.
    public static let limits: [Duration] = [5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000].map { .milliseconds($0) }
    /// The number in each class.
    public private(set) var counts = [Int](repeating: 0, count: limits.count + 1)
    /// The total.
    public private(set) var sum = Duration.zero

    /// An empty histogram.
    public init() {}

    /// Adds one duration. A negative one is ignored.
    public mutating func add(_ time: Duration) {
        guard time >= .zero else { return }
        counts[Self.limits.firstIndex { time <= $0 } ?? Self.limits.count] &+= 1
        sum += time
    }

    /// The number of durations.
    public var count: Int { counts.reduce(0, &+) }
}
