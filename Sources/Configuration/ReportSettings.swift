public import Base

/// How reports count calls.
public struct ReportSettings: Sendable, Equatable {
    /// The thresholds of a queue; all in seconds.
    public struct Queue: Sendable, Equatable {
        /// Counted from the caller's entry; a call answered exactly then was in time.
        public var serviceLevel: Double
        /// Counted from the caller's entry; a call abandoned exactly then was lost.
        public var shortAbandon: Double
        /// Counted from the end of a call.
        public var wrapUp: Double

        /// The allowed range of each: up to a day.
        public static let limits = 0.0...86_400

        /// The defaults, or other values.
        public init(
            serviceLevel: Double = Double(Defaults.serviceLevel),
            shortAbandon: Double = Double(Defaults.shortAbandon),
            wrapUp: Double = Double(Defaults.wrapUp)
        ) {
            (self.serviceLevel, self.shortAbandon, self.wrapUp) = (serviceLevel, shortAbandon, wrapUp)
        }
    }

    /// nil: the PBX's zone.
    public var timeZone: String?
    /// The folder of the user's own reports.
    public var directory: String?
    /// The calls of which the service level is a percentage.
    public var serviceLevelVariant = ServiceLevelVariant.standard
    /// The thresholds of a queue that is not in `queues`.
    public var standard = Queue()
    /// By the queue's name; anything not set for a queue is as in `standard`.
    public var queues: [String: Queue] = [:]

    /// The defaults.
    public init() {}

    /// The thresholds of the queue with this name.
    public func queue(_ name: String) -> Queue {
        queues[name] ?? standard
    }
}

extension ReportSettings {
    static let table = SettingsTable(
        "reports",
        "How reports count.",
        fills: ReportSettings(),
        keys: [
            .init(
                "timezone",
                .timeZone,
                \.timeZone,
                example: "Europe/Moscow",
                "The time zone in which days and hours are counted. If it is not set: the PBX's."
            ),
            .init(
                "directory",
                .path,
                \.directory,
                example: "/etc/crm-voip/reports",
                "The directory of your own reports. One with the name of a built-in report replaces it."
            ),
            .init(
                "service_level_variant",
                .choice(of: ServiceLevelVariant.self),
                \.serviceLevelVariant,
                example: .answered,
                "Which calls the service level is a percentage of."
            ),
        ] + Queue.keys.map { $0.inside(\.standard) }
    )
}

extension ReportSettings.Queue {
    static let table = SettingsTable(
        "reports.queues.*",
        exampleName: "support",
        "What differs for one queue. Keys that are not set are as in `[reports]`.",
        fills: ReportSettings.Queue(),
        inherits: true,
        keys: keys
    )

    /// The keys shared by a single queue and by all queues.
    fileprivate static let keys: [SettingKey<ReportSettings.Queue>] = [
        .init(
            "service_level",
            .seconds(limits),
            \.serviceLevel,
            example: 30,
            "A call answered after at most this long counts as answered in time."
        ),
        .init(
            "short_abandon",
            .seconds(limits),
            \.shortAbandon,
            example: 10,
            "Abandons shorter than this do not count as lost."
        ),
        .init(
            "wrapup",
            .seconds(limits),
            \.wrapUp,
            example: 15,
            "How long an agent is busy after a call: `wrapuptime` of queues.conf."
        ),
    ]
}

extension Settings {
    /// How reports count calls.
    public var reports: ReportSettings {
        var reports = read(ReportSettings.table)
        for name in names(in: ["reports", "queues"]) {
            reports.queues[name] = read(ReportSettings.Queue.table, named: name, over: reports.standard)
        }
        return reports
    }
}
