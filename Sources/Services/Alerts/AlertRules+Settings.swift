public import Alerts
import Base
public import Configuration

extension Settings {
    /// The rules for alerts, by name.
    ///
    /// If a rule is about a PBX and none is about the connection to it, one is added: without a connection, the others
    /// are silent, and somebody must be told.
    ///
    /// - Throws: `ConfigurationError` for an incomplete rule, ``ServiceError`` for invalid hours or holidays.
    public func alertRules() throws -> [AlertRule] {
        let alerts = try alerts()
        let known = try alertSchedules()
        var rules = alerts.rules.compactMap { name, rule in
            AlertRule(name, rule, known, receivers: rule.receivers ?? alerts.receivers)
        }.sorted { $0.name < $1.name }
        let live = rules.filter { $0.measure.source == .live || $0.measure.source == .health }
        if !live.isEmpty, !rules.contains(where: { $0.measure == .connectionLost }) {
            // A rule of the user's may have the name already.
            let name = rules.contains { $0.name == "connection" } ? "connection-lost" : "connection"
            rules.append(.connection(name, receivers: Set(live.flatMap(\.receivers)).sorted()))
        }
        return rules
    }

    /// The schedules by name.
    ///
    /// - Throws: ``ServiceError`` for invalid hours or holidays.
    func alertSchedules() throws -> [String: AlertSchedule] {
        let schedules = try alerts().schedules.map { name, hours in (name, try AlertSchedule(hours, named: name)) }
        return Dictionary(schedules) { first, _ in first }
    }

    /// When receivers are told.
    ///
    /// - Throws: `ConfigurationError` for an incomplete rule.
    func alertTiming() throws -> AlertTiming {
        let alerts = try alerts()
        return AlertTiming(
            groupWait: .seconds(alerts.groupWait),
            groupInterval: .seconds(alerts.groupInterval),
            remind: .seconds(alerts.remind)
        )
    }

    /// How far back the rules look at visits to queues; nil if none does. Six hours at most.
    var longestVisitWindow: Duration? {
        let windows = ((try? alerts())?.rules.values).map(Array.init) ?? []
        return windows.filter { $0.measure == .serviceLevel || $0.measure == .abandonedPercent }.map(\.window).max()
            .map { .seconds(min($0, 6 * 3600)) }
    }
}

extension AlertRule {
    /// nil without a measure or a range, which ``Settings/alerts()`` refuses.
    fileprivate init?(
        _ name: String,
        _ rule: AlertRuleSettings,
        _ schedules: [String: AlertSchedule],
        receivers: [String]
    ) {
        guard let measure = rule.measure, let range = rule.range else { return nil }
        self.init(name, measure, range)
        clear = rule.clear
        (hold, keep, window) = (.seconds(rule.hold), .seconds(rule.keep), .seconds(rule.window))
        (pbxs, queues, trunks, agents) = (rule.pbxs, rule.queues, rule.trunks, rule.agents)
        schedule = rule.schedule.flatMap { schedules[$0] }
        (isOutside, least) = (rule.isOutside, rule.least)
        severity = AlertSeverity(rawValue: rule.severity) ?? .warning
        self.receivers = receivers
    }

    /// The rule about the connection that there is without one of the user's.
    static func connection(_ name: String, receivers: [String]) -> AlertRule {
        var rule = AlertRule(name, .connectionLost, NagiosRange(low: 0, high: 30))
        rule.keep = .seconds(30)
        rule.severity = .critical
        rule.receivers = receivers
        return rule
    }
}

extension AlertSchedule {
    /// Reads the hours and holidays of a schedule in the configuration.
    fileprivate init(_ settings: AlertScheduleSettings, named name: String) throws {
        self.init(
            try settings.hours.map { text in
                if let hours = Hours(text) { return hours }
                throw ServiceError(
                    .configuration,
                    "alerts.schedules.\(name).hours: \"\(text)\" is not like \"mon-fri 09:00-18:00\"."
                )
            },
            holidays: try settings.holidays.map { text in
                if let day = Holiday(text) { return day }
                throw ServiceError(
                    .configuration,
                    "alerts.schedules.\(name).holidays: \"\(text)\" is not a day such as \"2026-12-31\" or \"12-25\"."
                )
            }
        )
    }
}
