public import Base

/// In tests, a moment is written as seconds since 1970, such as `1_795_388_400` or `1000.9`.
extension Moment: ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral {
    /// The moment this many seconds after 1970-01-01 00:00:00 UTC.
    public init(integerLiteral value: Int64) { self.init(seconds: value) }

    /// The moment this many seconds after 1970-01-01 00:00:00 UTC, to the microsecond.
    public init(floatLiteral value: Double) { self.init(microseconds: Int64((value * 1e6).rounded())) }

    /// The moment this many seconds later.
    public static func + (moment: Moment, seconds: Int64) -> Moment { moment.adding(seconds: seconds) }
}
