import Base
import Services

/// Metrics about messages to the receivers of alerts.
struct DeliveryMetrics: Sendable {
    let receivers: [DeliveryStatus]
    let now: Moment

    var families: [MetricFamily] {
        var ended = MetricFamily(
            "crm_voip_alert_messages",
            .counter,
            "Messages that a receiver got, refused, or did not take for a day."
        )
        var queued = MetricFamily("crm_voip_alert_messages_queued", .gauge, "Messages that wait for a receiver.")
        var oldest = MetricFamily(
            "crm_voip_alert_messages_oldest_seconds",
            .gauge,
            unit: "seconds",
            "How long the oldest of these has been waiting; 0 if none is."
        )
        var failing = MetricFamily(
            "crm_voip_alert_receiver_up",
            .gauge,
            "Whether the last attempt to reach it succeeded."
        )
        for item in receivers {
            let label = [("receiver", item.receiver)]
            ended.add(Double(item.delivered), label + [("outcome", "delivered")])
            ended.add(Double(item.failed), label + [("outcome", "failed")])
            ended.add(Double(item.expired), label + [("outcome", "expired")])
            queued.add(Double(item.queued), label)
            oldest.add(item.oldest.map { max(0, (now - $0).inSeconds) } ?? 0, label)
            failing.add(item.failingSince == nil ? 1 : 0, label)
        }
        return [ended, queued, oldest, failing]
    }
}
