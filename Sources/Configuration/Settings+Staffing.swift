import Base

extension Settings {
    /// The rules for staffing by name, also those that are not enabled. A table without any key does not count.
    ///
    /// - Throws: ``ConfigurationError`` for a rule that lacks something, or with an unknown PBX or schedule.
    public func staffing() throws(ConfigurationError) -> [String: StaffingSettings] {
        let rules = uncheckedStaffing
        for (name, rule) in rules.sorted(by: { $0.key < $1.key }) { try check(rule, named: name) }
        return rules
    }

    /// The rules as they are, also where something is missing.
    var uncheckedStaffing: [String: StaffingSettings] {
        let names = names(in: ["staffing"]).filter { isSet(under: ["staffing", $0]) }
        return Dictionary(uniqueKeysWithValues: names.map { ($0, read(StaffingSettings.table, named: $0)) })
    }

    private func check(_ rule: StaffingSettings, named name: String) throws(ConfigurationError) {
        let path = ["staffing", name]
        func fault(_ key: String, _ message: String) -> ConfigurationError {
            let origin = values[path + [key]]?.origin ?? values.first { $0.key.starts(with: path) }?.value.origin
            return ConfigurationError(.badValue, message, at: origin)
        }
        let table = DottedPath.written(path)
        for (key, isMissing) in [
            ("queue", (rule.queue ?? "").isEmpty), ("measure", rule.measure == nil), ("range", rule.range == nil),
            ("members", rule.action == .add && rule.members.isEmpty),
        ] where isMissing {
            throw fault(key, "The rule \(table) has no \(key). Set it.")
        }
        if rule.action == .unpause, rule.members.isEmpty, rule.reasons.isEmpty {
            throw fault("action", "\(table) would end every pause. Set members or reasons.")
        }
        if rule.longestTime > 0, rule.longestTime < rule.leastTime {
            throw fault("longest_time", "\(table).longest_time is shorter than least_time. Change one of them.")
        }
        if let pbx = rule.pbx, !pbxNames.contains(pbx) {
            throw fault("pbx", "\(table).pbx names \(pbx), but [pbx.\(pbx)] does not exist. Add it, or remove the key.")
        }
        if let schedule = rule.schedule, uncheckedAlerts.schedules[schedule] == nil {
            throw fault(
                "schedule",
                "\(table).schedule names \(schedule), but [alerts.schedules.\(schedule)] does not exist. "
                    + "Add it, or remove the key."
            )
        }
    }
}
