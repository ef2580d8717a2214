public import Base

/// A time during which receivers are not told about some alerts. The alerts are still shown.
public struct AlertSilence: Sendable, Equatable, Codable {
    /// A short id by which it can be ended.
    public var id: String
    /// What alerts it is about: those that all of these match. Never empty.
    public var matchers: [AlertMatcher]
    /// When it begins and ends; it always has an end.
    public var from: Moment, until: Moment
    /// Who made it.
    public var author: String
    /// Why.
    public var comment: String

    /// A silence.
    public init(id: String, _ matchers: [AlertMatcher], from: Moment, until: Moment, author: String, comment: String) {
        (self.id, self.matchers, self.from, self.until) = (id, matchers, from, until)
        (self.author, self.comment) = (author, comment)
    }

    /// Whether it is in force; its end is not part of it.
    public func isActive(at now: Moment) -> Bool { from <= now && now < until }

    /// Whether it is about an alert.
    public func matches(_ identity: AlertIdentity, _ severity: AlertSeverity) -> Bool {
        !matchers.isEmpty && matchers.allSatisfy { $0.matches(identity, severity) }
    }
}

/// A condition on a label of an alert, such as `queue=support`, `trunk!=backup` or `rule=fraud-*`.
public struct AlertMatcher: Sendable, Equatable, Codable, CustomStringConvertible {
    /// The label; `rule` and `severity` can be matched like labels.
    public var label: String
    /// The value. A `*` at its end stands for any ending.
    public var value: String
    /// Whether the label must not have the value.
    public var isNegated: Bool

    /// A condition.
    public init(label: String, value: String, isNegated: Bool = false) {
        (self.label, self.value, self.isNegated) = (label, value, isNegated)
    }

    /// Reads `LABEL=VALUE` or `LABEL!=VALUE`; nil for any other text.
    public init?(_ text: String) {
        guard let sign = text.firstIndex(of: "=") else { return nil }
        var label = text[..<sign]
        isNegated = label.last == "!"
        if isNegated { label = label.dropLast() }
        guard !label.isEmpty, label.allSatisfy({ $0.isLetter || $0.isNumber || $0 == "_" }) else { return nil }
        (self.label, value) = (String(label), String(text[text.index(after: sign)...]))
    }

    /// As it is written.
    public var description: String { "\(label)\(isNegated ? "!=" : "=")\(value)" }

    /// Whether an alert meets the condition. A label that the alert does not have is empty.
    public func matches(_ identity: AlertIdentity, _ severity: AlertSeverity) -> Bool {
        let found =
            switch label {
            case "rule": identity.rule
            case "severity": severity.rawValue
            default: identity.labels[label] ?? ""
            }
        // Alerts name a queue in lower case, and people as it is configured.
        let value = label == "queue" ? value.lowercased() : value
        let isEqual = value.hasSuffix("*") ? found.hasPrefix(value.dropLast()) : found == value
        return isEqual != isNegated
    }
}
