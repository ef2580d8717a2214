public import Alerts
import Base
public import Configuration

extension Settings {
    /// The rules for staffing, by name.
    ///
    /// - Parameter all: Whether to read rules that are not enabled, too.
    /// - Throws: `ConfigurationError` for an incomplete rule, ``ServiceError`` for a member or hours that cannot be read.
    public func staffingRules(all: Bool = false) throws -> [StaffingRule] {
        let rules = try staffing().filter { all || $0.value.isEnabled }
        if rules.isEmpty { return [] }
        let schedules = try alertSchedules()
        return try rules.sorted { $0.key < $1.key }.compactMap { name, rule in
            try StaffingRule(name, rule, pbx: try pbxName(rule.pbx), schedules)
        }
    }
}

extension StaffingRule {
    /// nil without a queue, a measure or a range, which ``Settings/staffing()`` refuses.
    fileprivate init?(
        _ name: String,
        _ rule: StaffingSettings,
        pbx: String,
        _ schedules: [String: AlertSchedule]
    ) throws {
        guard let queue = rule.queue, let measure = rule.measure, let range = rule.range else { return nil }
        var condition = AlertRule(name, measure, range)
        condition.clear = rule.clear
        (condition.hold, condition.keep) = (.seconds(rule.hold), .seconds(rule.keep))
        condition.schedule = rule.schedule.flatMap { schedules[$0] }
        condition.isOutside = rule.isOutside
        self.init(name, pbx: pbx, queue: queue, rule.action, when: condition)
        candidates = try rule.members.map { text in
            if let candidate = Candidate(text) { return candidate }
            throw ServiceError(
                .configuration,
                "staffing.\(name).members: \"\(text)\" is not like \"PJSIP/103 Erik\"."
            )
        }
        (reasons, penalty, most) = (rule.reasons, rule.penalty, rule.most)
        every = .seconds(rule.every)
        (leastTime, longestTime) = (.seconds(rule.leastTime), .seconds(rule.longestTime))
        isDryRun = rule.isDryRun
    }
}
