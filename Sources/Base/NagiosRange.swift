/// A range of good values in the notation of the Nagios plug-ins: a value outside it raises an alarm.
///
/// `10` is 0 to 10, `10:` at least 10, `~:10` at most 10, `10:20` between them; `@10:20` alarms inside instead
/// (https://www.monitoring-plugins.org/doc/guidelines.html, "Threshold and Ranges").
public struct NagiosRange: Sendable, Hashable, CustomStringConvertible {
    /// The range as written.
    public let description: String
    /// The lowest good value, or the lowest bad one of an inverted range.
    public let low: Double
    /// The highest good value, not less than ``low``.
    public let high: Double
    /// Whether values inside the range raise the alarm.
    public let isInverted: Bool

    /// Reads a range; `nil` for any other text.
    public init?(_ text: String) {
        var body = text[...]
        isInverted = body.first == "@"
        if isInverted { body = body.dropFirst() }
        let ends = body.split(separator: ":", omittingEmptySubsequences: false)
        switch ends.count {
        case 1:
            guard let high = Self.end(ends[0], empty: nil) else { return nil }
            (low, self.high) = (0, high)
        case 2:
            guard !body.isEmpty, let low = Self.end(ends[0], empty: 0), let high = Self.end(ends[1], empty: .infinity)
            else { return nil }
            (self.low, self.high) = (low, high)
        default: return nil
        }
        guard low <= high else { return nil }
        description = text
    }

    private static func end(_ text: Substring, empty: Double?) -> Double? {
        if text.isEmpty { return empty }
        if text == "~" { return -.infinity }
        guard let value = Double(text), value.isFinite else { return nil }
        return value
    }

    /// A range from its two ends; an infinite end is open.
    public init(low: Double, high: Double, isInverted: Bool = false) {
        self.low = low
        self.high = high
        self.isInverted = isInverted
        let start = low == -.infinity ? "~:" : low == 0 && high != .infinity ? "" : Self.plain(low) + ":"
        description = (isInverted ? "@" : "") + start + (high == .infinity ? "" : Self.plain(high))
    }

    private static func plain(_ value: Double) -> String {
        value == value.rounded() && abs(value) < 1e15 ? "\(Int(value))" : "\(value)"
    }

    /// Whether a value raises an alarm.
    public func alarms(_ value: Double) -> Bool {
        (value >= low && value <= high) == isInverted
    }
}
