public import Alerts
public import Base

/// How often the rules would have fired.
public struct AlertTestResult: ServiceResult {
    /// The PBX, and the zone of its times.
    public let pbx: String, zone: ZoneTable
    /// The time that was replayed.
    public let from: Moment, to: Moment
    /// What came of each rule.
    public let results: [AlertReplay.Result]

    /// The result as an object.
    public var json: JSON {
        let rules = results.map { result -> JSON in
            let figures: [(String, JSON)] = [
                ("fired", .integer(result.fired)), ("seconds", .integer(Int(result.total.wholeSeconds))),
                ("longest_s", .integer(Int(result.longest.wholeSeconds))), ("callers", .integer(result.callers)),
                ("lost", .integer(result.lost)),
            ]
            return .object(
                [
                    ("rule", .string(result.rule)), ("measure", .string(result.measure.rawValue)),
                    ("replayed", .boolean(result.isReplayed)),
                ] + figures.map { ($0.0, result.isReplayed ? $0.1 : .null) }
            )
        }
        return [
            "schema_version": 1, "pbx": .string(pbx), "from": .string(zone.iso8601(from)),
            "to": .string(zone.iso8601(to)), "rules": .array(rules),
        ]
    }
}
