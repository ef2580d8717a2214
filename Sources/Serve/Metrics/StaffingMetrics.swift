import Services

/// What the rules for staffing have done. The labels are names of the configuration, so there are only as many series.
struct StaffingMetrics: Sendable {
    let rules: [StaffingStatus]
    let totals: [(rule: String, counts: StaffingCounts)]

    var families: [MetricFamily] {
        var members = MetricFamily("crm_voip_staffing_members", .gauge, "Members that a rule has put into a queue.")
        for rule in rules {
            // Those of a dry run are in no queue.
            let count = rule.isDryRun ? 0 : rule.members.count
            members.add(Double(count), [("rule", rule.rule), ("pbx", rule.pbx), ("queue", rule.queue)])
        }
        var orders = MetricFamily(
            "crm_voip_staffing_orders",
            .counter,
            "Members that were put in or taken out by a rule, taken out or changed by somebody else, and orders that failed."
        )
        for (rule, counts) in totals {
            for (outcome, count) in [
                ("began", counts.began), ("ended", counts.ended), ("released", counts.released),
                ("failed", counts.failed),
            ] {
                orders.add(Double(count), [("rule", rule), ("outcome", outcome)])
            }
        }
        return [members, orders]
    }
}
