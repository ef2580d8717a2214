import Base
import Services

/// One state of a progress display as text, independent of any terminal.
struct ProgressLine {
    var label: String
    /// Bytes, records or calls done.
    var done: Int
    /// The total; nil if it is unknown, as with stdin.
    var total: Int?
    /// Seconds since the start.
    var elapsed: Double
    var unit = ServiceProgress.Unit.bytes

    /// The line in at most `width` columns: bar, percentage, speed and remaining time, or the count if there is no
    /// total.
    func text(width: Int) -> String {
        let speed = elapsed > 0 ? Double(done) / elapsed : 0
        guard let total, total > 0 else {
            return fitted("  \(amount(Double(done)))  \(amount(speed))/s", width)
        }
        // A file may have grown since its size was determined.
        let share = min(1, Double(done) / Double(total))
        let percent = "\(Int(share * 100)) %"
        var tail = "\(String(repeating: " ", count: 5 - percent.count))\(percent)"
        tail += unit == .calls ? "  \(done) calls" : "  \(amount(speed))/s"
        if speed > 0, done < total { tail += "  \(Self.time(Double(total - done) / speed)) left" }
        let room = width - label.count - tail.count - 5
        guard room >= 10 else { return fitted(tail, width) }
        let columns = min(room, 40)
        let full = Int(share * Double(columns))
        let bar = String(repeating: "=", count: full) + String(repeating: " ", count: columns - full)
        return "\(label)  [\(bar)] \(tail)"
    }

    /// The label is shortened first: the end of a path is its most useful part, and the figures matter most.
    private func fitted(_ tail: String, _ width: Int) -> String {
        let room = width - tail.count
        if label.count <= room { return label + tail }
        let short = room > 1 ? "…" + label.suffix(room - 1) : ""
        return String((short + tail).prefix(max(0, width)))
    }

    private func amount(_ value: Double) -> String {
        switch unit {
        case .bytes: Self.size(value)
        case .records: "\(Int(value)) records"
        case .calls: "\(Int(value)) calls"
        }
    }

    /// Bytes with a decimal unit: `12.3 MB`.
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

    /// Minutes and seconds, with hours if there are any: `0:07`, `1:02:03`.
    static func time(_ seconds: Double) -> String {
        DurationText.of(seconds: Int64(min(seconds, 359_999).rounded(.up)))
    }
}

extension ProgressLine {
    /// The line for a service's progress.
    init(_ progress: ServiceProgress, elapsed: Double) {
        self.init(
            label: progress.label,
            done: Int(progress.done),
            total: progress.total.map(Int.init),
            elapsed: elapsed,
            unit: progress.unit
        )
    }
}
