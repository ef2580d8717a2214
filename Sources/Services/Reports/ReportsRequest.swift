public import Base
import Configuration
public import Reporting

/// What `ReportService` should report.
public struct ReportsRequest: Sendable {
    /// The reports, in order.
    public var names: [String]
    /// The time to cover.
    public var window = ReportWindow.lastWeek
    /// How to divide it.
    public var interval = ReportInterval.total
    /// The zone in which days are counted; `nil` for the configured one, or else the PBX's.
    public var timeZone: String?
    /// Only this PBX, by its name in the configuration.
    public var pbx: String?
    /// Only this queue.
    public var queue: String?
    /// Only this agent: name, interface or extension.
    public var agent: String?
    /// Seconds within which a call counts as answered in time; `nil` for the configured value.
    public var serviceLevel: Int?
    /// Seconds below which an abandoned call does not count as lost; `nil` for the configured value.
    public var shortAbandon: Int?
    /// The service level's formula; `nil` for the configured one.
    public var serviceLevelVariant: ServiceLevelVariant?
    /// The percentage of calls that should be answered in time, for charts.
    public var target = ReportBook.usualTarget
    /// Only these columns, in this order; empty for all.
    public var columns: [String] = []
    /// Whether reports with totals compute them.
    public var totals = false
    /// Values for the parameters of the user's own reports, by name.
    public var values: [String: String] = [:]

    /// A request for reports of the last whole week.
    public init(names: [String]) { self.names = names }

    /// The request, with the configuration's values filled in.
    func resolved(by settings: ReportSettings) -> ReportRequest {
        var request = ReportRequest(
            window: window,
            interval: interval,
            timeZone: timeZone ?? settings.timeZone,
            pbx: pbx,
            queue: queue,
            agent: agent,
            thresholds: thresholds(settings),
            values: values
        )
        request.totals = totals
        return request
    }

    /// The request takes precedence over the file, even over its settings for single queues.
    private func thresholds(_ settings: ReportSettings) -> Thresholds {
        func whole(_ seconds: Double) -> Int { Int(seconds.rounded()) }
        return Thresholds(
            serviceLevel: serviceLevel ?? whole(settings.standard.serviceLevel),
            shortAbandon: shortAbandon ?? whole(settings.standard.shortAbandon),
            variant: serviceLevelVariant ?? settings.serviceLevelVariant,
            wrapUp: whole(settings.standard.wrapUp),
            queues: settings.queues.mapValues { queue in
                Thresholds.Override(
                    serviceLevel: serviceLevel == nil ? whole(queue.serviceLevel) : nil,
                    shortAbandon: shortAbandon == nil ? whole(queue.shortAbandon) : nil,
                    wrapUp: whole(queue.wrapUp)
                )
            }
        )
    }
}
