/// How often something took how long.
public struct TimeHistogram: Sendable, Equatable {
    /// The longest time of each class in seconds, inside it; one more class has all that took longer.
    public static let limits = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5]
    /// How many fell into each class.
    public private(set) var counts = [Int](repeating: 0, count: limits.count + 1)
    /// Seconds of all of them.
    public private(set) var sum = 0.0

    /// Nothing yet.
    public init() {}

    /// Counts one. What is no time is left out.
    public mutating func add(_ seconds: Double) {
        guard seconds.isFinite, seconds >= 0 else { return }
        counts[Self.limits.firstIndex { seconds <= $0 } ?? Self.limits.count] &+= 1
        sum += seconds
    }

    /// How many there were.
    public var count: Int { counts.reduce(0, &+) }
}
