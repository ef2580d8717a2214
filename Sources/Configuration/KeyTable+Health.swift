/// A thing that `health` measures, and from where on it is bad.
struct HealthMeasure: Sendable {
    var name: String
    var warning: String
    var critical: String
    var summary: String
}

extension KeyTable {
    static let healthMeasures: [HealthMeasure] = [
        .init(name: "ping_ms", warning: "250", critical: "2000", summary: "Milliseconds until the PBX answers a ping."),
        .init(name: "clock_skew", warning: "2", critical: "30", summary: "Seconds between the PBX's clock and ours."),
        .init(name: "uptime", warning: "300:", critical: "60:", summary: "Seconds since Asterisk started."),
        .init(name: "channels", warning: "200", critical: "500", summary: "Channels that are up."),
        .init(
            name: "longest_call",
            warning: "7200",
            critical: "14400",
            summary: "Seconds the longest call has lasted."
        ),
        .init(name: "stuck_channels", warning: "0", critical: "5", summary: "Channels that are up and go nowhere."),
        .init(name: "queue_callers", warning: "5", critical: "15", summary: "Callers waiting in one queue."),
        .init(
            name: "queue_wait",
            warning: "60",
            critical: "180",
            summary: "Seconds the first caller of a queue waits."
        ),
        .init(
            name: "queue_free_agents",
            warning: "1:",
            critical: "0:",
            summary: "Agents of a queue who could take a call now."
        ),
        .init(
            name: "queue_service_level",
            warning: "80:",
            critical: "50:",
            summary: "Percent of a queue's calls answered in time, as Asterisk counts them."
        ),
        .init(name: "unreachable_endpoints", warning: "0", critical: "10", summary: "Endpoints that do not answer."),
        .init(
            name: "endpoint_rtt_ms",
            warning: "500",
            critical: "2000",
            summary: "Milliseconds until the slowest endpoint answers."
        ),
        .init(name: "failed_registrations", warning: "0", critical: "0", summary: "Trunks that are not registered."),
        .init(name: "jitter_ms", warning: "30", critical: "100", summary: "Jitter of the calls that are up, by RTCP."),
        .init(name: "packet_loss_pct", warning: "1", critical: "5", summary: "Lost packets of the calls that are up."),
        .init(
            name: "media_rtt_ms",
            warning: "300",
            critical: "600",
            summary: "Way there and back of the calls that are up."
        ),
        .init(
            name: "media_experience",
            warning: "70:",
            critical: "50:",
            summary: "Asterisk's media experience score, 0 to 100, of the worst call that is up."
        ),
        .init(
            name: "answered_pct",
            warning: "60:",
            critical: "30:",
            summary: "Percent of the last hour's calls answered."
        ),
        .init(
            name: "short_calls_pct",
            warning: "10",
            critical: "30",
            summary: "Percent of calls shorter than ten seconds."
        ),
    ]

    static let health: [TableDeclaration] = healthMeasures.map { measure in
        TableDeclaration(
            "health.\(measure.name)",
            measure.summary,
            keys: [
                .init(
                    "warning",
                    .range,
                    standard: .text(measure.warning),
                    example: .text("@1:1000000"),
                    "Outside of this range it is a warning."
                ),
                .init(
                    "critical",
                    .range,
                    standard: .text(measure.critical),
                    example: .text("@1:2000000"),
                    "Outside of this range it is critical."
                ),
            ]
        )
    }
}
