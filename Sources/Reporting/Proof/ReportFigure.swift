/// How a figure of a report is computed from the rows behind it.
public enum ReportFigure: Sendable, Equatable {
    /// The amount in a row that is added up.
    public enum Amount: Sendable, Equatable { case wait, ring, talk, work, wrapUp }

    /// The number of rows.
    case count
    /// The percentage of rows that are marked.
    case share
    /// The sum of an amount; if no row has it, empty or 0.
    case sum(Amount, isZeroWhenUnknown: Bool)
    /// The average amount per row.
    case mean(Amount)
    /// The largest amount.
    case most(Amount)
    /// The amount below which a fraction of the rows lies, given in tenths and interpolated (percentile_cont).
    case percentile(tenths: Int, Amount)
    /// Callers, each counted once.
    case callers
    /// Calls, each counted once.
    case calls
    /// The time of logins, of pauses, and of logins minus pauses.
    case logins, pauses, available
    /// Work as a percentage of logins, or of logins minus pauses.
    case utilisation, occupancy
    /// Visits per hour of login.
    case perHour
    /// A moment, which the rows only explain.
    case moment

    /// The figures of the program's own reports, by report and column.
    static let all: [String: [String: ReportFigure]] = [
        "queues": ofQueues, "agents": ofAgents, "calls": ofCalls, "unmatched": ofUnmatched,
        "lost-visits": ["attempts": .calls],
    ]

    private static let ofQueues: [String: ReportFigure] = [
        "offered": .count, "answered": .count, "abandoned": .count, "abandoned_short": .count, "timed_out": .count,
        "exit_key": .count, "exit_empty": .count, "withdrawn": .count, "unserved": .count, "in_progress": .count,
        "lost": .count, "not_served": .count, "answered_pct": .share, "abandoned_pct": .share,
        "service_level_pct": .share,
        "asa_s": .mean(.wait), "wait_avg_s": .mean(.wait), "wait_p50_s": .percentile(tenths: 5, .wait),
        "wait_p90_s": .percentile(tenths: 9, .wait), "wait_max_s": .most(.wait), "abandon_wait_avg_s": .mean(.wait),
        "talk_total_s": .sum(.talk, isZeroWhenUnknown: false), "talk_avg_s": .mean(.talk), "aht_s": .mean(.work),
        "transferred": .count, "unique_callers": .callers,
    ]

    private static let ofAgents: [String: ReportFigure] = [
        "login_s": .logins, "pause_s": .pauses, "available_s": .available,
        "ring_s": .sum(.ring, isZeroWhenUnknown: true), "talk_s": .sum(.talk, isZeroWhenUnknown: false),
        "wrap_s": .sum(.wrapUp, isZeroWhenUnknown: true), "offered": .count, "answered": .count,
        "ring_no_answer": .count, "ring_no_answer_s": .sum(.ring, isZeroWhenUnknown: true), "answered_pct": .share,
        "transferred": .count, "outbound_calls": .count, "outbound_talk_s": .sum(.talk, isZeroWhenUnknown: true),
        "aht_s": .mean(.work), "occupancy_pct": .occupancy, "utilisation_pct": .utilisation,
        "calls_per_hour": .perHour, "first_login": .moment, "last_logout": .moment,
    ]

    private static let ofCalls: [String: ReportFigure] = [
        "calls": .count, "answered": .count, "no_answer": .count, "busy": .count, "failed": .count,
        "answered_pct": .share, "talk_total_s": .sum(.talk, isZeroWhenUnknown: true), "talk_avg_s": .mean(.talk),
        "unique_numbers": .callers, "matched": .count, "matched_pct": .share,
    ]

    private static let ofUnmatched: [String: ReportFigure] = [
        "calls": .count, "inbound": .count, "outbound": .count,
        "talk_total_s": .sum(.talk, isZeroWhenUnknown: false), "first_call_at": .moment, "last_call_at": .moment,
    ]
}

extension ReportDefinition {
    /// How a column's figure is computed from the rows behind it; nil if the column is not a figure, and for the user's
    /// own reports.
    public func figure(_ column: String) -> ReportFigure? { isBuiltIn ? ReportFigure.all[name]?[column] : nil }
}
