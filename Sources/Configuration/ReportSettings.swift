public import Base

/// How reports count.
public struct ReportSettings: Sendable, Equatable {
    /// Which calls the service level is a share of; the raw values are those of the reports' columns.
    public enum ServiceLevelVariant: String, Sendable, CaseIterable {
        case offered, answered
        case answeredAbandoned = "answered_abandoned"
        case withAbandoned = "with_abandoned"
    }

    /// What holds for a queue; all in seconds.
    public struct Queue: Sendable, Equatable {
        /// A call answered after at most this long was answered in time.
        public var serviceLevel: Double
        /// Who hangs up in less than this was not lost.
        public var shortAbandon: Double
        /// How long an agent is busy after a call.
        public var wrapUp: Double
    }

    /// What holds for a queue that is not in `queues`.
    public var standard: Queue
    /// By the queue's name; what is not set for a queue is as in `standard`.
    public var queues: [String: Queue]
    /// Which calls the service level is a share of.
    public var serviceLevelVariant: ServiceLevelVariant
    /// Where the user's own reports lie.
    public var directory: String?
    /// nil: the PBX's zone.
    public var timeZone: String?

    /// What holds for the queue of this name.
    public func queue(_ name: String) -> Queue {
        queues[name] ?? standard
    }
}

/// How calls are loaded.
public struct ETLSettings: Sendable, Equatable {
    /// Days back, where the command names no window.
    public var days: Int
    /// Seconds between runs; nil: run once.
    public var every: Double?
    /// Legs held in memory and merged at once.
    public var batchRows: Int
    /// A file that gets rejected records as they stand.
    public var rejects: String?
}

/// From where on a measure of `health` is a warning, and from where critical.
public struct HealthThresholds: Sendable, Equatable {
    /// Outside of it, it is a warning.
    public var warning: NagiosRange
    /// Outside of it, it is critical.
    public var critical: NagiosRange
}

extension Settings {
    /// How reports count.
    public var reports: ReportSettings {
        let standard = ReportSettings.Queue(
            serviceLevel: seconds("reports", "service_level") ?? 20,
            shortAbandon: seconds("reports", "short_abandon") ?? 5,
            wrapUp: seconds("reports", "wrapup") ?? 0
        )
        var queues: [String: ReportSettings.Queue] = [:]
        for name in names(in: ["reports", "queues"]) {
            queues[name] = ReportSettings.Queue(
                serviceLevel: seconds("reports", "queues", name, "service_level") ?? standard.serviceLevel,
                shortAbandon: seconds("reports", "queues", name, "short_abandon") ?? standard.shortAbandon,
                wrapUp: seconds("reports", "queues", name, "wrapup") ?? standard.wrapUp
            )
        }
        return ReportSettings(
            standard: standard,
            queues: queues,
            serviceLevelVariant: text("reports", "service_level_variant")
                .flatMap(ReportSettings.ServiceLevelVariant.init) ?? .offered,
            directory: text("reports", "directory"),
            timeZone: text("reports", "timezone")
        )
    }

    /// How calls are loaded.
    public var etl: ETLSettings {
        ETLSettings(
            days: integer("etl", "days") ?? 7,
            every: seconds("etl", "every"),
            batchRows: integer("etl", "batch_rows") ?? 7_500,
            rejects: text("etl", "rejects")
        )
    }

    /// The thresholds of `health`, by the measure's name: `queue_wait`, `ping_ms`.
    public var health: [String: HealthThresholds] {
        var thresholds: [String: HealthThresholds] = [:]
        for measure in KeyTable.healthMeasures {
            guard let warning = text("health", measure.name, "warning").flatMap(NagiosRange.init),
                let critical = text("health", measure.name, "critical").flatMap(NagiosRange.init)
            else { continue }
            thresholds[measure.name] = HealthThresholds(warning: warning, critical: critical)
        }
        return thresholds
    }
}
