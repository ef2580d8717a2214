public import Base

/// Tables of tests count moments in whole seconds.
extension Moment: ExpressibleByIntegerLiteral {
    /// Seconds since 1970-01-01 00:00:00 UTC.
    public init(integerLiteral value: Int64) { self.init(seconds: value) }

    /// The moment this many seconds later.
    public static func + (moment: Moment, seconds: Int64) -> Moment { moment.adding(seconds: seconds) }

    /// The seconds from the second moment to the first.
    public static func - (later: Moment, earlier: Moment) -> Int64 { later.seconds(since: earlier) }
}
