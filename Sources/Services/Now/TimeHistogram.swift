/// A histogram of durations.
public struct TimeHistogram: Sendable, Equatable {
    /// The limits for answers of a computer.
    public static let answerLimits: [Duration] = [5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000].map {
        .milliseconds($0)
    }
    /// The limits for callers who wait in a queue.
    public static let waitLimits: [Duration] = [5, 10, 20, 30, 60, 120, 300, 600].map { .seconds($0) }

    /// The upper limit of each class, inclusive, in ascending order; one more class has all longer durations.
    public let limits: [Duration]
    /// The number in each class.
    public private(set) var counts: [Int]
    /// The total.
    public private(set) var sum = Duration.zero

    /// An empty histogram.
    public init(limits: [Duration] = Self.answerLimits) {
        self.limits = limits
        counts = [Int](repeating: 0, count: limits.count + 1)
    }

    /// Adds one duration. A negative one is ignored.
    public mutating func add(_ time: Duration) {
        guard time >= .zero else { return }
        counts[limits.firstIndex { time <= $0 } ?? limits.count] &+= 1
        sum += time
    }

    /// The number of durations.
    public var count: Int { counts.reduce(0, &+) }
}
