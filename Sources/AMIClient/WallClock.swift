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
    public static func day(of seconds: Double) -> String {
        var seconds = time_t(seconds)
        var parts = tm()
        gmtime_r(&seconds, &parts)
        let two = { (number: Int32) in number < 10 ? "0\(number)" : "\(number)" }
        return "\(parts.tm_year + 1900)-\(two(parts.tm_mon + 1))-\(two(parts.tm_mday))"
    }

    /// The moment in UTC as `YYYY-MM-DDThh:mm:ssZ`.
    public static func timestamp(_ seconds: Double) -> String {
        let rest = Int(seconds) % 86_400
        let two = { (number: Int) in number < 10 ? "0\(number)" : "\(number)" }
        return "\(day(of: seconds))T\(two(rest / 3600)):\(two(rest / 60 % 60)):\(two(rest % 60))Z"
    }
}
