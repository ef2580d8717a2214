import Base
import Services
import Switchboard

/// Metrics of queues. No label is a number, a caller or an agent, so that the number of series does not grow with
/// calls.
struct QueueMetrics: Sendable {
    let states: [PBXState]

    var families: [MetricFamily] {
        [
            family("queue_callers", "Callers who wait.") { state, queue in Double(queue.callers.count) },
            family("queue_longest_wait_seconds", unit: "seconds", "How long the first caller has waited.") {
                state,
                queue in queue.longestWait(at: state.at).inSeconds
            },
            members, agents,
            visits,
            family("queue_today_answered_in_time", "Visits since midnight that were answered within the service level.")
            {
                state,
                queue in Double(state.day(of: queue.name).answeredInTime)
            },
            family("queue_today_wait_seconds", unit: "seconds", "How long the callers answered since midnight waited.")
            {
                state,
                queue in Double(state.day(of: queue.name).wait)
            },
            family(
                "queue_today_talk_seconds",
                unit: "seconds",
                "How long callers and agents have talked since midnight."
            ) {
                state,
                queue in Double(state.day(of: queue.name).talk)
            },
            family("queue_today_service_level_ratio", unit: "ratio", "The share answered within the service level.") {
                state,
                queue in state.day(of: queue.name).serviceLevelPercent.map { $0 / 100 }
            },
            family("queue_today_average_wait_seconds", unit: "seconds", "The average wait of the answered callers.") {
                state,
                queue in state.day(of: queue.name).averageWait?.inSeconds
            },
        ]
    }

    private var members: MetricFamily {
        var family = MetricFamily("crm_voip_queue_members", .gauge, "Members of the queue, by state.")
        for state in states {
            for queue in state.board.queues {
                var counts: [AgentState: Int] = [:]
                for member in queue.members { counts[AgentState(member), default: 0] += 1 }
                for kind in AgentState.allCases {
                    family.add(
                        Double(counts[kind] ?? 0),
                        [("pbx", state.name), ("queue", queue.name), ("state", kind.rawValue)]
                    )
                }
            }
        }
        return family
    }

    private var agents: MetricFamily {
        var family = MetricFamily("crm_voip_agents", .gauge, "Agents, each counted once, by state.")
        for state in states {
            let counts = WallView.agents([state])
            for kind in AgentState.allCases {
                family.add(Double(counts[kind] ?? 0), [("pbx", state.name), ("state", kind.rawValue)])
            }
        }
        return family
    }

    private var visits: MetricFamily {
        var family = MetricFamily("crm_voip_queue_today_visits", .gauge, "Visits since midnight, by outcome.")
        for state in states {
            for queue in state.board.queues {
                let day = state.day(of: queue.name)
                let outcomes = [
                    ("answered", day.answered), ("abandoned", day.abandoned - day.abandonedShort),
                    ("abandoned_short", day.abandonedShort), ("otherwise_lost", day.otherwiseLost),
                    ("in_progress", day.inProgress),
                ]
                for (outcome, count) in outcomes {
                    family.add(
                        Double(count),
                        [("pbx", state.name), ("queue", queue.name), ("outcome", outcome)]
                    )
                }
            }
        }
        return family
    }

    private func family(
        _ name: String,
        unit: String = "",
        _ help: String,
        _ value: (PBXState, QueueBoard.Queue) -> Double?
    ) -> MetricFamily {
        var family = MetricFamily("crm_voip_\(name)", .gauge, unit: unit, help)
        for state in states {
            for queue in state.board.queues {
                if let value = value(state, queue) { family.add(value, [("pbx", state.name), ("queue", queue.name)]) }
            }
        }
        return family
    }
}
