public import Base

/// The spans of time that a source covers: from event to event, unless a day or more lies between them.
///
/// If a log has nothing for a day, the day may be missing; if it has events all day long, nothing is missing between
/// them.
public struct TimeSpans: Sendable {
    /// The number of seconds without an event that ends a span.
    public static let longestBreak: Int64 = 86_400

    /// In ascending order, each more than ``longestBreak`` after the previous one.
    public private(set) var spans: [ClosedRange<Moment>] = []

    /// No spans.
    public init() {}

    /// Adds the instants of some events, in any order.
    ///
    /// - Returns: the spans that now contain them.
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
