/// One state of a progress display as text, apart from any terminal.
struct ProgressLine {
    var label: String
    /// Bytes done.
    var done: Int
    /// Bytes in all; nil if nobody knows, as with stdin.
    var total: Int?
    /// Seconds since the start.
    var elapsed: Double

    /// The line in at most `width` columns: bar, percent, speed and time left, or the count where there is no total.
    func text(width: Int) -> String {
        let speed = elapsed > 0 ? Double(done) / elapsed : 0
        guard let total, total > 0 else {
            return fitted("\(label)  \(Self.size(Double(done)))  \(Self.size(speed))/s", width)
        }
        // A file may have grown since its size was asked.
        let share = min(1, Double(done) / Double(total))
        let percent = "\(Int(share * 100)) %"
        var tail = "\(String(repeating: " ", count: 5 - percent.count))\(percent)  \(Self.size(speed))/s"
        if speed > 0, done < total { tail += "  \(Self.time(Double(total - done) / speed)) left" }
        let room = width - label.count - tail.count - 5
        guard room >= 10 else { return fitted("\(label)\(tail)", width) }
        let columns = min(room, 40)
        let full = Int(share * Double(columns))
        let bar = String(repeating: "=", count: full) + String(repeating: " ", count: columns - full)
        return "\(label)  [\(bar)] \(tail)"
    }

    private func fitted(_ text: String, _ width: Int) -> String {
        String(text.prefix(width))
    }

    /// Bytes with a unit of a thousand: `12.3 MB`.
    static func size(_ bytes: Double) -> String {
        var value = bytes
        for unit in ["B", "kB", "MB", "GB"] {
            if value < 999.5 || unit == "GB" { return "\(unit == "B" ? "\(Int(value))" : tenths(value)) \(unit)" }
            value /= 1000
        }
        return "\(tenths(value)) GB"
    }

    private static func tenths(_ value: Double) -> String {
        let tenths = Int((value * 10).rounded())
        return "\(tenths / 10).\(tenths % 10)"
    }

    /// Minutes and seconds, hours where there are: `0:07`, `1:02:03`.
    static func time(_ seconds: Double) -> String {
        let seconds = Int(min(seconds, 359_999).rounded(.up))
        func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
        let (hours, minutes) = (seconds / 3600, seconds / 60 % 60)
        return hours > 0 ? "\(hours):\(two(minutes)):\(two(seconds % 60))" : "\(minutes):\(two(seconds % 60))"
    }
}
