import CallRecords
import Configuration

extension Settings {
    /// What counts as in time in a queue, by the key of its name.
    var queueLimits: @Sendable (String) -> QueueDay.Limits {
        let reports = reports
        let limits = { (queue: ReportSettings.Queue) in
            QueueDay.Limits(
                serviceLevel: Int(queue.serviceLevel.rounded()),
                shortAbandon: Int(queue.shortAbandon.rounded()),
                variant: reports.serviceLevelVariant
            )
        }
        let own = Dictionary(reports.queues.map { (QueueName.key($0.key), limits($0.value)) }) { first, _ in first }
        let usual = limits(reports.standard)
        return { own[$0] ?? usual }
    }
}
