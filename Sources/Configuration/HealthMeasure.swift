import Base

/// A value that `health` measures, with its default thresholds.
struct HealthMeasure: Sendable {
    let name: String
    let standard: HealthThresholds
    let summary: String

    init(_ name: String, warning: NagiosRange, critical: NagiosRange, _ summary: String) {
        self.name = name
        standard = HealthThresholds(warning: warning, critical: critical)
        self.summary = summary
    }

    /// The measure's table in the configuration.
    var table: SettingsTable<HealthThresholds> {
        SettingsTable(
            "health.\(name)",
            summary,
            fills: standard,
            keys: [
                .init(
                    "warning",
                    .range,
                    \.warning,
                    example: NagiosRange(low: 1, high: 1_000_000, isInverted: true),
                    "A value outside this range is a warning."
                ),
                .init(
                    "critical",
                    .range,
                    \.critical,
                    example: NagiosRange(low: 1, high: 2_000_000, isInverted: true),
                    "A value outside this range is critical."
                ),
            ]
        )
    }
}

extension HealthMeasure {
    /// All measures, in the order of the documentation.
    static let all: [HealthMeasure] = [
        .init("ping_ms", warning: .atMost(250), critical: .atMost(2000), "Milliseconds until the PBX answers a ping."),
        .init("clock_skew", warning: .atMost(2), critical: .atMost(30), "Seconds between the PBX's clock and ours."),
        .init("uptime", warning: .atLeast(300), critical: .atLeast(60), "Seconds since Asterisk started."),
        .init("channels", warning: .atMost(200), critical: .atMost(500), "Channels that are up."),
        .init("longest_call", warning: .atMost(7200), critical: .atMost(14400), "Seconds the longest call has lasted."),
        .init("stuck_channels", warning: .atMost(0), critical: .atMost(5), "Channels that are up but lead nowhere."),
        .init("queue_callers", warning: .atMost(5), critical: .atMost(15), "Callers waiting in one queue."),
        .init(
            "queue_wait",
            warning: .atMost(60),
            critical: .atMost(180),
            "Seconds the first caller of a queue has waited."
        ),
        .init(
            "queue_free_agents",
            warning: .atLeast(1),
            critical: .atLeast(0),
            "Agents of a queue who can take a call now."
        ),
        .init(
            "queue_service_level",
            warning: .atLeast(80),
            critical: .atLeast(50),
            "Percent of a queue's calls answered in time, as Asterisk counts them."
        ),
        .init("unreachable_endpoints", warning: .atMost(0), critical: .atMost(10), "Endpoints that do not answer."),
        .init(
            "endpoint_rtt_ms",
            warning: .atMost(500),
            critical: .atMost(2000),
            "Milliseconds until the slowest endpoint answers."
        ),
        .init("failed_registrations", warning: .atMost(0), critical: .atMost(0), "Trunks that are not registered."),
        .init(
            "jitter_ms",
            warning: .atMost(30),
            critical: .atMost(100),
            "Milliseconds of jitter of the calls that are up, by RTCP."
        ),
        .init(
            "packet_loss_pct",
            warning: .atMost(1),
            critical: .atMost(5),
            "Percent of packets lost by the calls that are up."
        ),
        .init(
            "media_rtt_ms",
            warning: .atMost(300),
            critical: .atMost(600),
            "Milliseconds of round-trip time of the calls that are up."
        ),
        .init(
            "media_experience",
            warning: .atLeast(70),
            critical: .atLeast(50),
            "Asterisk's media experience score, 0 to 100, of the worst call that is up."
        ),
        .init(
            "answered_pct",
            warning: .atLeast(60),
            critical: .atLeast(30),
            "Percent of the last hour's calls answered."
        ),
        .init(
            "short_calls_pct",
            warning: .atMost(10),
            critical: .atMost(30),
            "Percent of calls shorter than ten seconds."
        ),
    ]
}

extension NagiosRange {
    fileprivate static func atLeast(_ low: Double) -> NagiosRange { NagiosRange(low: low, high: .infinity) }
    fileprivate static func atMost(_ high: Double) -> NagiosRange { NagiosRange(low: 0, high: high) }
}
