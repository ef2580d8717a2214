public import Base

/// The values at which a measure of `health` becomes a warning or critical.
public struct HealthThresholds: Sendable, Equatable {
    /// A value outside this range is a warning.
    public var warning: NagiosRange
    /// A value outside this range is critical.
    public var critical: NagiosRange

    /// Two ranges.
    public init(warning: NagiosRange, critical: NagiosRange) {
        (self.warning, self.critical) = (warning, critical)
    }
}

extension Settings {
    /// The thresholds of `health`, by the measure's name: `queue_wait`, `ping_ms`.
    public var health: [String: HealthThresholds] {
        var thresholds: [String: HealthThresholds] = [:]
        for measure in HealthMeasure.all { thresholds[measure.name] = read(measure.table) }
        return thresholds
    }
}
