/// A range of good values in the notation of the Nagios plug-ins: `10` is 0 to 10, `10:` from 10 on, `~:10` up to 10, `10:20`
/// between them, `@10:20` outside of them (https://www.monitoring-plugins.org/doc/guidelines.html, "Threshold and Ranges").
public struct NagiosRange: Sendable, Equatable, CustomStringConvertible {
    /// The range as written.
    public let description: String
    private let low: Double
    private let high: Double
    private let isInverted: Bool

    /// Reads a range; nil if it is none.
    public init?(_ text: String) {
        var body = text[...]
        isInverted = body.first == "@"
        if isInverted { body = body.dropFirst() }
        let parts = body.split(separator: ":", omittingEmptySubsequences: false)
        let number = { (text: Substring, empty: Double) in
            text.isEmpty ? empty : text == "~" ? -Double.infinity : Double(text)
        }
        guard !body.isEmpty, parts.count <= 2, let last = parts.last, let high = number(last, .infinity) else {
            return nil
        }
        guard let low = parts.count == 2 ? number(parts[0], 0) : 0, low <= high else { return nil }
        self.low = low
        self.high = high
        description = text
    }

    /// A range of its ends; infinite ends are open.
    public init(low: Double, high: Double, isInverted: Bool = false) {
        self.low = low
        self.high = high
        self.isInverted = isInverted
        let start = low == -.infinity ? "~:" : low == 0 && high != .infinity ? "" : HealthReport.plain(low) + ":"
        description = (isInverted ? "@" : "") + start + (high == .infinity ? "" : HealthReport.plain(high))
    }

    /// Whether a value is a reason for an alarm.
    public func alarms(_ value: Double) -> Bool {
        (value >= low && value <= high) == isInverted
    }
}
