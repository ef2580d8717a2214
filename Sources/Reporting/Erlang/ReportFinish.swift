/// Figures that SQL cannot compute, filled in after the statement of a built-in report.
struct ReportFinish {
    let columns: [ReportColumn]

    /// The rows with such figures, by the report's name.
    static func rows(_ rows: [[ReportCell]], of definition: ReportDefinition) -> [[ReportCell]] {
        let finish = ReportFinish(columns: definition.columns)
        switch definition.isBuiltIn ? definition.name : "" {
        case "trunks": return rows.map(finish.trunk)
        case "agents-needed": return rows.map(finish.agents)
        default: return rows
        }
    }

    private func trunk(_ row: [ReportCell]) -> [ReportCell] {
        var row = row
        let erlangs = (value(row, "busy_hour_s") ?? 0) / 3600
        set(&row, "lines_1pct", whole(ErlangB.lines(erlangs: erlangs, blocking: 0.01)))
        set(&row, "lines_01pct", whole(ErlangB.lines(erlangs: erlangs, blocking: 0.001)))
        return row
    }

    private func agents(_ row: [ReportCell]) -> [ReportCell] {
        guard let offered = value(row, "offered"), let time = value(row, "aht_s"), time > 0,
            let limit = value(row, "service_level_s"), let target = value(row, "target_pct")
        else { return row }
        let erlangs = offered * time / 1800
        let patience = value(row, "patience_s").flatMap { $0 > 0 ? $0 : nil }
        let there = value(row, "agents_avg").map { Int($0.rounded()) }
        var row = row
        let needed = ErlangC.agents(
            erlangs: erlangs,
            handlingTime: time,
            serviceLevel: target / 100,
            within: limit
        )
        set(&row, "agents_c", whole(needed))
        if let there {
            let queue = ErlangC(erlangs: erlangs, handlingTime: time, agents: there)
            set(&row, "expected_c_pct", percent(queue.serviceLevel(within: limit)))
        }
        guard let patience else { return row }
        let neededByA = ErlangA.agents(
            erlangs: erlangs,
            handlingTime: time,
            patience: patience,
            serviceLevel: target / 100,
            within: limit
        )
        set(&row, "agents_a", whole(neededByA))
        if let there {
            let queue = ErlangA(erlangs: erlangs, handlingTime: time, patience: patience, agents: there)
            set(&row, "expected_a_pct", percent(queue.serviceLevel(within: limit)))
        }
        return row
    }

    private func value(_ row: [ReportCell], _ name: String) -> Double? {
        columns.firstIndex { $0.name == name }.flatMap { row[$0].value }
    }

    private func set(_ row: inout [ReportCell], _ name: String, _ cell: ReportCell) {
        if let place = columns.firstIndex(where: { $0.name == name }) { row[place] = cell }
    }

    private func whole(_ count: Int?) -> ReportCell { count.map { .integer(Int64($0)) } ?? .empty }

    private func percent(_ share: Double) -> ReportCell {
        share.isFinite ? .tenths(Int64((share * 1000).rounded())) : .empty
    }
}
