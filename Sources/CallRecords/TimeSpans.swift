public import Base

/// The stretches of time that a source tells of: from event to event, where no day or more lies between.
///
/// A log that has nothing for a day may lack that day; one that has events all day long lacks none between them.
public struct TimeSpans: Sendable {
    /// Seconds without an event that end a span.
    public static let longestBreak: Int64 = 86_400

    /// In ascending order, each more than ``longestBreak`` after the one before.
    public private(set) var spans: [ClosedRange<Moment>] = []

    /// Nothing is told of.
    public init() {}

    /// Takes in the instants of some events, in any order.
    ///
    /// - Returns: the spans that they lie in now.
    public mutating func insert(_ instants: some Sequence<Moment>) -> [ClosedRange<Moment>] {
        let sorted = instants.sorted()
        guard let first = sorted.first, let last = sorted.last else { return [] }
        spans = Self.joined(spans + Self.joined(sorted.map { $0...$0 }))
        return spans.filter { $0.overlaps(first...last) }
    }

    private static func joined(_ ranges: [ClosedRange<Moment>]) -> [ClosedRange<Moment>] {
        var joined: [ClosedRange<Moment>] = []
        for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
            if let last = joined.last, range.lowerBound.seconds(since: last.upperBound) < longestBreak {
                joined[joined.count - 1] = last.lowerBound...max(last.upperBound, range.upperBound)
            } else {
                joined.append(range)
            }
        }
        return joined
    }
}
