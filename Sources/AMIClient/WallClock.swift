internal import Base
internal import Glibc

/// The time of day, which the PBX's own times are compared with.
public enum WallClock {
    /// Seconds since 1970.
    public static var now: Double {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }

    /// The day in UTC as `YYYY-MM-DD`.
    public static func day(of seconds: Double) -> String { "\(civil(seconds).date)" }

    /// The moment in UTC as `YYYY-MM-DDThh:mm:ssZ`.
    public static func timestamp(_ seconds: Double) -> String { civil(seconds).iso8601 }

    /// Clamped to what a calendar can show: the number may come from outside.
    private static func civil(_ seconds: Double) -> CivilTime {
        let whole = seconds.isNaN ? 0 : min(max(seconds.rounded(.down), -62_135_596_800), 253_402_300_799)
        return CivilTime(secondsSince1970: Int64(whole))
    }
}
