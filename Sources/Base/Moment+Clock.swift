import Glibc

extension Moment {
    /// What this machine's clock shows.
    public static var now: Moment {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Moment(microseconds: Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1000)
    }

    /// The moment this many seconds after 1970-01-01 00:00:00 UTC, to the nearest microsecond; `nil` if it is outside
    /// the calendar's range.
    public init?(secondsSince1970 seconds: Double) {
        guard seconds.magnitude < 253_402_300_800 else { return nil }
        self.init(microseconds: Int64((seconds * 1e6).rounded()))
    }

    /// Seconds since 1970-01-01 00:00:00 UTC with their fraction, for interfaces that want a number.
    public var secondsSince1970: Double { Double(microseconds) / 1e6 }

    /// The moment in UTC, truncated to the second: `2026-11-22T20:17:09Z`.
    public var iso8601: String { civil.iso8601 }

    /// The day in UTC.
    public var day: CalendarDay { civil.date }

    /// Clamped to the years that are written with four digits.
    private var civil: CivilTime {
        CivilTime(secondsSince1970: min(max(wholeSeconds, -62_135_596_800), 253_402_300_799))
    }
}

extension Moment {
    /// The moment this much later.
    public static func + (moment: Moment, duration: Duration) -> Moment {
        let (sum, overflow) = moment.microseconds.addingReportingOverflow(duration.wholeMicroseconds)
        return overflow ? (duration < .zero ? .distantPast : .distantFuture) : Moment(microseconds: sum)
    }

    /// The moment this much earlier.
    public static func - (moment: Moment, duration: Duration) -> Moment { moment + (.zero - duration) }

    /// The time from the second moment to the first; negative if the first is earlier.
    public static func - (later: Moment, earlier: Moment) -> Duration {
        .microseconds(later.microseconds) - .microseconds(earlier.microseconds)
    }

    /// The time between two moments, whichever of them is earlier.
    public func distance(to other: Moment) -> Duration { self < other ? other - self : self - other }
}

extension Duration {
    /// Whole seconds, rounded towards zero.
    public var wholeSeconds: Int64 { components.seconds }

    /// Whole microseconds, rounded towards zero and clamped to the type's range.
    public var wholeMicroseconds: Int64 {
        let (whole, overflow) = components.seconds.multipliedReportingOverflow(by: 1_000_000)
        let (sum, overflowsToo) = whole.addingReportingOverflow(components.attoseconds / 1_000_000_000_000)
        return overflow || overflowsToo ? (self < .zero ? .min : .max) : sum
    }

    /// Whole milliseconds, rounded towards zero.
    public var wholeMilliseconds: Int64 { wholeMicroseconds / 1000 }

    /// Seconds with their fraction.
    public var inSeconds: Double { Double(components.seconds) + Double(components.attoseconds) / 1e18 }
}
