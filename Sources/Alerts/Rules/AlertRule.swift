public import Base

/// A rule: which figure must be in which range, for whom, and who is told if it is not.
public struct AlertRule: Sendable, Equatable {
    /// The name in the configuration.
    public var name: String
    /// What is measured.
    public var measure: AlertMeasure
    /// A value outside this range raises the alarm.
    public var range: NagiosRange
    /// An alarm is cleared only by a value inside this range; nil for ``range``.
    public var clear: NagiosRange?
    /// How long the condition must hold before the alert fires (`for`).
    public var hold = Duration.zero
    /// How long the condition must be cleared before the alert is over.
    public var keep = Duration.zero
    /// The time over which rates and counts are taken.
    public var window = Duration.seconds(1800)
    /// The PBXs, queues, trunks or endpoints, and agents that it is for; empty for all. A `*` at the end stands for any
    /// ending.
    public var pbxs: [String] = [], queues: [String] = [], trunks: [String] = [], agents: [String] = []
    /// When it applies, on the PBX's clock; nil for always.
    public var schedule: AlertSchedule?
    /// Whether it applies outside the schedule instead.
    public var isOutside = false
    /// The least number of calls of which a percentage means something.
    public var least = 10
    /// How urgent its alerts are.
    public var severity = AlertSeverity.warning
    /// Who is told; with nobody, its alerts are only shown.
    public var receivers: [String] = []

    /// A rule with the usual times.
    public init(_ name: String, _ measure: AlertMeasure, _ range: NagiosRange) {
        (self.name, self.measure, self.range) = (name, measure, range)
    }

    /// How a value compares with the rule's ranges. No value at all clears nothing.
    func condition(_ value: Double) -> AlertCondition {
        if value.isNaN { return .between }
        if range.alarms(value) { return .bad }
        return clear?.alarms(value) ?? false ? .between : .clear
    }

    /// Whether a subject is among the named ones.
    static func isNamed(_ subject: String, in names: [String]) -> Bool {
        let subject = subject.lowercased()
        return names.isEmpty
            || names.contains { name in
                let name = name.lowercased()
                return name.hasSuffix("*") ? subject.hasPrefix(name.dropLast()) : subject == name
            }
    }
}
