extension Settings {
    /// The rules for alerts.
    ///
    /// - Throws: ``ConfigurationError`` for a rule without a measure or a range, or with an unknown schedule.
    public func alerts() throws(ConfigurationError) -> AlertSettings {
        let alerts = uncheckedAlerts
        for (name, rule) in alerts.rules.sorted(by: { $0.key < $1.key }) {
            let path = ["alerts", "rules", name]
            for (key, isMissing) in [("measure", rule.measure == nil), ("range", rule.range == nil)] where isMissing {
                throw ConfigurationError(
                    .badValue,
                    "The rule \(DottedPath.written(path)) has no \(key). Set it.",
                    at: origin(under: path)
                )
            }
            guard let schedule = rule.schedule, alerts.schedules[schedule] == nil else { continue }
            throw ConfigurationError(
                .badValue,
                "\(DottedPath.written(path + ["schedule"])) names \(schedule), but [alerts.schedules.\(schedule)] "
                    + "does not exist. Add it, or remove the key.",
                at: values[path + ["schedule"]]?.origin
            )
        }
        return alerts
    }

    /// The rules as they are, also where something is missing. A table without any key, as in the commented file, does
    /// not count.
    var uncheckedAlerts: AlertSettings {
        var alerts = read(AlertSettings.table)
        for name in names(in: ["alerts", "schedules"]) where isSet(under: ["alerts", "schedules", name]) {
            alerts.schedules[name] = read(AlertSettings.scheduleTable, named: name)
        }
        for name in names(in: ["alerts", "rules"]) where isSet(under: ["alerts", "rules", name]) {
            alerts.rules[name] = read(AlertSettings.ruleTable, named: name)
        }
        return alerts
    }

    /// Where anything in a table was set.
    private func origin(under path: [String]) -> SettingOrigin? {
        values.filter { $0.key.starts(with: path) }.min { $0.key.lexicographicallyPrecedes($1.key) }?.value.origin
    }
}
