/// An instant, counted in microseconds from 1970-01-01 00:00:00 UTC.
///
/// Asterisk writes whole seconds; PostgreSQL stores microseconds. A time on the clock of some zone is not a moment
/// until the zone is applied.
public struct Moment: Hashable, Sendable {
    /// Microseconds since 1970-01-01 00:00:00 UTC.
    public let microseconds: Int64

    /// The moment this many microseconds after 1970-01-01 00:00:00 UTC.
    public init(microseconds: Int64) { self.microseconds = microseconds }

    /// The moment this many seconds after 1970-01-01 00:00:00 UTC, clamped to the type's range (beyond the year
    /// 294,000).
    public init(seconds: Int64) {
        let (product, overflow) = seconds.multipliedReportingOverflow(by: Self.perSecond)
        microseconds = overflow ? (seconds < 0 ? .min : .max) : product
    }

    /// Earlier than every other moment.
    public static let distantPast = Moment(microseconds: .min)
    /// Later than every other moment.
    public static let distantFuture = Moment(microseconds: .max)

    private static let perSecond: Int64 = 1_000_000

    /// Whole seconds since 1970-01-01 00:00:00 UTC, rounded down.
    public var wholeSeconds: Int64 { microseconds.dividedFlooring(by: Self.perSecond) }

    /// The moment this many seconds later, or earlier for a negative number.
    public func adding(seconds: Int64) -> Moment {
        let (sum, overflow) = microseconds.addingReportingOverflow(Moment(seconds: seconds).microseconds)
        return overflow ? (seconds < 0 ? .distantPast : .distantFuture) : Moment(microseconds: sum)
    }

    /// Whole seconds from another moment to this one, rounded down; negative if the other is later.
    public func seconds(since other: Moment) -> Int64 {
        let (difference, overflow) = microseconds.subtractingReportingOverflow(other.microseconds)
        if overflow { return wholeSeconds &- other.wholeSeconds }
        return Moment(microseconds: difference).wholeSeconds
    }
}

extension Moment: Comparable {
    /// Whether the first moment is earlier.
    public static func < (left: Moment, right: Moment) -> Bool { left.microseconds < right.microseconds }
}
