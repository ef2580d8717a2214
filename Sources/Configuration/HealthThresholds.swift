public import Base

/// From where on a measure of `health` is a warning, and from where critical.
public struct HealthThresholds: Sendable, Equatable {
    /// Outside of it, it is a warning.
    public var warning: NagiosRange
    /// Outside of it, it is critical.
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
