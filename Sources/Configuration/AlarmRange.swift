/// A range in the notation of the Nagios plug-ins: a value outside of it raises the alarm.
///
/// `10` is 0 to 10, `10:` at least 10, `~:10` at most 10, `10:20` between, `@10:20` alarms inside instead.
/// See https://nagios-plugins.org/doc/guidelines.html#THRESHOLDFORMAT
public struct AlarmRange: Hashable, Sendable {
    /// The least value that is still good.
    public var low: Double
    /// Not less than `low`.
    public var high: Double
    /// Whether the alarm is inside of the range.
    public var isInverted: Bool

    /// The range of a text; nil if it is none.
    public init?(_ text: String) {
        var rest = Substring(text)
        isInverted = rest.first == "@"
        if isInverted { rest = rest.dropFirst() }
        let ends = rest.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        switch ends.count {
        case 2:
            guard let low = AlarmRange.end(ends[0], empty: 0), let high = AlarmRange.end(ends[1], empty: .infinity)
            else {
                return nil
            }
            (self.low, self.high) = (low, high)
        default:
            guard let high = AlarmRange.end(rest, empty: nil) else { return nil }
            (low, self.high) = (0, high)
        }
        guard low <= high else { return nil }
    }

    private static func end(_ text: Substring, empty: Double?) -> Double? {
        if text.isEmpty { return empty }
        if text == "~" { return -.infinity }
        guard let value = Double(text), value.isFinite else { return nil }
        return value
    }

    /// Whether a measured value raises the alarm.
    public func alarms(at value: Double) -> Bool {
        (low...high).contains(value) == isInverted
    }
}
