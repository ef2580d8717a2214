import CallRecords
import Services
import Switchboard

/// Counters of queues since the start of the server. They go on over midnight and over a lost connection.
struct QueueTotalsMetrics: Sendable {
    let states: [PBXState]

    var families: [MetricFamily] { [visits, inTime, waits, talks] }

    private var visits: MetricFamily {
        family("visits", .counter, "Visits that were answered or ended otherwise, by outcome.") {
            family,
            totals,
            labels in
            for outcome in QueueTotals.outcomes {
                family.add(Double(totals.visits[outcome] ?? 0), labels + [("outcome", outcome.rawValue)])
            }
        }
    }

    private var inTime: MetricFamily {
        family("answered_in_time", .counter, "Visits that were answered within the service level.") {
            family,
            totals,
            labels in family.add(Double(totals.answeredInTime), labels)
        }
    }

    private var waits: MetricFamily {
        family("wait_seconds", .histogram, unit: "seconds", "How long callers waited, by whether an agent answered.") {
            family,
            totals,
            labels in
            family.add(totals.answeredWaits, labels + [("outcome", "answered")])
            family.add(totals.lostWaits, labels + [("outcome", "lost")])
        }
    }

    private var talks: MetricFamily {
        family("talk_seconds", .summary, unit: "seconds", "How long callers and agents talked, in talks that ended.") {
            family,
            totals,
            labels in family.add(sum: Double(totals.talkSeconds), count: totals.talks, labels)
        }
    }

    /// A family with the samples of each queue of each PBX.
    private func family(
        _ name: String,
        _ kind: MetricFamily.Kind,
        unit: String = "",
        _ help: String,
        _ add: (inout MetricFamily, QueueTotals, [(String, String)]) -> Void
    ) -> MetricFamily {
        var family = MetricFamily("crm_voip_queue_\(name)", kind, unit: unit, help)
        for state in states {
            for queue in state.board.queues {
                add(&family, state.totals(of: queue.name), [("pbx", state.name), ("queue", queue.name)])
            }
        }
        return family
    }
}
