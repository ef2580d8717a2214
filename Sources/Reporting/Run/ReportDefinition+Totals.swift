extension ReportDefinition {
    /// Whether the statement can append a row of totals.
    public var hasTotals: Bool { parameters.contains { $0.name == "totals" && $0.kind == .boolean } }

    /// A row of totals with the window as its period.
    func dated(_ total: [ReportCell], _ window: ResolvedWindow) -> [ReportCell] {
        var total = total
        for (place, column) in columns.enumerated() where total[place] == .empty {
            if column.name == "period_start" { total[place] = .moment(window.from) }
            if column.name == "period_end" { total[place] = .moment(window.to) }
        }
        return total
    }
}
