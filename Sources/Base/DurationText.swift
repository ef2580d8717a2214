/// Spans of time as people read them: `4:05`, `1:02:03`.
public enum DurationText {
    /// Minutes and seconds, preceded by hours if there are any, and by a sign if the span is negative.
    public static func of(seconds: Int64) -> String {
        let size = seconds.magnitude
        let sign = seconds < 0 ? "-" : ""
        let tail = "\((size / 60 % 60).padded(size >= 3600 ? 2 : 1)):\((size % 60).padded(2))"
        return size >= 3600 ? "\(sign)\(size / 3600):\(tail)" : sign + tail
    }

    /// A span without its fraction of a second.
    public static func of(_ duration: Duration) -> String { of(seconds: duration.components.seconds) }
}
