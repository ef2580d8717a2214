import Base

/// Trunks and endpoints, one figure for each that does not work: 1. One that works has none.
struct LineMeasures {
    let rule: AlertRule
    let pbx: AlertSnapshot.PBX
    let now: Moment

    var findings: [AlertFinding]? {
        guard let faults = pbx.faults else { return nil }
        let kind: AlertSnapshot.Fault.Kind = rule.measure == .trunkDown ? .trunk : .endpoint
        return faults.filter { $0.kind == kind && AlertRule.isNamed($0.name, in: rule.trunks) }.map { fault in
            let since = AlertCauses(pbx: pbx, now: now).clock(fault.since)
            return AlertFinding(
                ["pbx": pbx.name, kind.rawValue: fault.name],
                1,
                kind == .trunk
                    ? localized("Trunk \(fault.name) has not been registered since \(since).")
                    : localized("Endpoint \(fault.name) has not been reachable since \(since)."),
                path: "/health"
            )
        }
    }
}
