import Base
import Services

/// Metrics about how up to date the warehouse is, and about callers who are owed a call.
struct WarehouseMetrics: Sendable {
    private let found: [WarehouseWatch.Freshness]?
    private let owed: [CallbackList.Owed]?
    private let now: Moment

    init(_ found: [WarehouseWatch.Freshness]?, _ owed: [CallbackList.Owed]?, now: Moment) {
        (self.found, self.owed, self.now) = (found, owed, now)
    }

    var families: [MetricFamily] {
        var up = MetricFamily(
            "crm_voip_warehouse_up",
            .gauge,
            "Whether the warehouse could be read in the last minute."
        )
        up.add(found == nil ? 0 : 1)
        return [
            up,
            family("etl_last_success_timestamp_seconds", "When the last successful run ended.", unit: "seconds") {
                $0.succeededAt?.secondsSince1970
            },
            family("etl_last_failure_timestamp_seconds", "When the last failed run began.", unit: "seconds") {
                $0.failedAt?.secondsSince1970
            },
            family("etl_last_duration_seconds", "How long the last successful run took.", unit: "seconds") {
                $0.took?.inSeconds
            },
            family("etl_last_rejected", "Records that the last successful run rejected.") { Double($0.rejected) },
            family("etl_rejects", "Records that could not be loaded and are kept.") { Double($0.rejects) },
            newest,
        ] + callbacks
    }

    private var newest: MetricFamily {
        var family = MetricFamily(
            "crm_voip_etl_newest_record_timestamp_seconds",
            .gauge,
            unit: "seconds",
            "When the newest call began and the newest queue event was logged."
        )
        for item in found ?? [] {
            if let time = item.newestCall?.secondsSince1970 { family.add(time, [("pbx", item.pbx), ("kind", "call")]) }
            if let time = item.newestEvent?.secondsSince1970 {
                family.add(time, [("pbx", item.pbx), ("kind", "queue_event")])
            }
        }
        return family
    }

    private var callbacks: [MetricFamily] {
        guard let owed else { return [] }
        var open = MetricFamily("crm_voip_lost_calls_open", .gauge, "Callers who are owed a call.")
        open.add(Double(owed.count))
        var oldest = MetricFamily(
            "crm_voip_lost_calls_oldest_seconds",
            .gauge,
            unit: "seconds",
            "How long the first of them to be lost has been waiting."
        )
        oldest.add(owed.first.map { max(0, (now - $0.lostAt).inSeconds) } ?? 0)
        return [open, oldest]
    }

    private func family(
        _ name: String,
        _ help: String,
        unit: String = "",
        _ value: (WarehouseWatch.Freshness) -> Double?
    ) -> MetricFamily {
        var family = MetricFamily("crm_voip_\(name)", .gauge, unit: unit, help)
        for item in found ?? [] {
            if let value = value(item) { family.add(value, [("pbx", item.pbx)]) }
        }
        return family
    }
}
