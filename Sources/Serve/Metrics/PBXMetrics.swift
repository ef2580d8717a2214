import Base
import Services
import Switchboard

/// Metrics of connections and calls, by PBX.
struct PBXMetrics: Sendable {
    let states: [PBXState]
    let now: Moment

    var families: [MetricFamily] {
        [
            family("pbx_up", "Whether the PBX is connected.") { $0.staleSince == nil ? 1 : 0 },
            family("pbx_stale_seconds", "The age of the data of a PBX that is not connected.", unit: "seconds") {
                state in state.staleSince.map { max(0, (state.at - $0).inSeconds) } ?? 0
            },
            family("pbx_answer_time_seconds", "How long the PBX took to list its queues.", unit: "seconds") {
                $0.answerTime?.inSeconds
            },
            answerTimes,
            family("pbx_today_missing_seconds", "The time of today whose events were not seen.", unit: "seconds") {
                Double(Piece.missingSeconds($0))
            },
            family("pbx_events", "Events that came from the PBX.", kind: .counter) { Double($0.counts.events) },
            family("pbx_events_dropped", "Events that were lost because they were not read in time.", kind: .counter) {
                Double($0.counts.dropped)
            },
            family("pbx_reconnects", "How often the connection to the PBX was lost.", kind: .counter) {
                Double($0.counts.reconnects)
            },
            family("calls", "Calls in progress.") { Double($0.calls.count) },
            family("channels", "Channels that are open.") { Double($0.calls.reduce(0) { $0 + $1.channels.count }) },
            family("longest_call_seconds", "The age of the oldest call.", unit: "seconds") { state in
                state.calls.map { max(0, (state.at - $0.startedAt).inSeconds) }.max() ?? 0
            },
            callStages,
        ]
    }

    private var answerTimes: MetricFamily {
        var family = MetricFamily(
            "crm_voip_pbx_response_seconds",
            .histogram,
            unit: "seconds",
            "How long the PBX took to answer a question, asked every 15 seconds."
        )
        for state in states where !state.isReplay {
            let times = state.answerTimes
            family.add(times, [("pbx", state.name)])
        }
        return family
    }

    private var callStages: MetricFamily {
        var family = MetricFamily("crm_voip_calls_by_stage", .gauge, "Calls in progress, by stage.")
        for state in states {
            var counts: [String: Int] = [:]
            for call in state.calls { counts[call.stage.rawValue, default: 0] += 1 }
            for stage in ["dialling", "ringing", "waiting", "up", "talking", "parked"] {
                family.add(Double(counts[stage] ?? 0), [("pbx", state.name), ("stage", stage)])
            }
        }
        return family
    }

    private func family(
        _ name: String,
        _ help: String,
        kind: MetricFamily.Kind = .gauge,
        unit: String = "",
        _ value: (PBXState) -> Double?
    ) -> MetricFamily {
        var family = MetricFamily("crm_voip_\(name)", kind, unit: unit, help)
        for state in states {
            if let value = value(state) { family.add(value, [("pbx", state.name)]) }
        }
        return family
    }
}
