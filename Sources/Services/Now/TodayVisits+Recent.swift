import Alerts
import Base
import CallRecords

extension TodayVisits {
    /// Visits that began since a moment, and what each counts for.
    func recent(since start: Moment) -> [AlertSnapshot.Visit] {
        calls.values.flatMap { call in
            call.visits.lazy.filter { $0.enteredAt >= start }.map {
                AlertSnapshot.Visit($0, limits(QueueName.key($0.queue)))
            }
        }
    }
}

extension AlertSnapshot.Visit {
    /// A visit as the reports count it.
    init(_ visit: QueueVisit, _ limits: QueueDay.Limits) {
        var day = QueueDay(queue: visit.queue)
        day.count(visit, limits)
        self.init(
            queue: visit.queue,
            enteredAt: visit.enteredAt,
            isCounted: day.inProgress == 0 && day.abandonedShort == 0,
            isAbandoned: day.abandoned > day.abandonedShort,
            isInWhole: day.serviceLevelWhole > 0,
            isInPart: day.serviceLevelPart > 0
        )
    }
}
