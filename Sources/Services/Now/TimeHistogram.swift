/// A histogram of durations.
public struct TimeHistogram: Sendable, Equatable {
    /// The upper limit of each class in seconds, inclusive; one more class has all longer durations.
    public static let limits = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5]
    /// The number in each class.
    public private(set) var counts = [Int](repeating: 0, count: limits.count + 1)
    /// The total in seconds.
    public private(set) var sum = 0.0

    /// An empty histogram.
    public init() {}

    /// Adds one duration. Invalid values are ignored.
    public mutating func add(_ seconds: Double) {
        guard seconds.isFinite, seconds >= 0 else { return }
        counts[Self.limits.firstIndex { seconds <= $0 } ?? Self.limits.count] &+= 1
        sum += seconds
    }

    /// The number of durations.
    public var count: Int { counts.reduce(0, &+) }
}
