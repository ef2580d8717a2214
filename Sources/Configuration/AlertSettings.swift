public import Base

/// Alerts: when receivers are told, and the rules.
public struct AlertSettings: Sendable, Equatable {
    /// How long the first message of a group waits for other alerts, in seconds.
    public var groupWait = 10.0
    /// The least time between messages about a group, in seconds.
    public var groupInterval = 60.0
    /// After how long receivers are reminded, in seconds.
    public var remind = 14_400.0
    /// Who is told of the alerts of rules that name no receivers.
    public var receivers: [String] = []
    /// The address of the pages of `serve`, for links in messages; nil for no links.
    public var url: String?
    /// The rules by name.
    public var rules: [String: AlertRuleSettings] = [:]
    /// The schedules by name.
    public var schedules: [String: AlertScheduleSettings] = [:]

    /// No rules.
    public init() {}
}

/// A rule for alerts.
public struct AlertRuleSettings: Sendable, Equatable {
    /// What is measured; a rule without it is a fault.
    public var measure: AlertMeasure?
    /// A value outside it raises the alarm; a rule without it is a fault.
    public var range: NagiosRange?
    /// Only a value inside it clears the alarm; nil for ``range``.
    public var clear: NagiosRange?
    /// `for` and `keep`, in seconds.
    public var hold = 0.0, keep = 0.0
    /// The time over which rates and counts are taken, in seconds.
    public var window = 1800.0
    /// The PBXs, queues, lines and agents it is for; empty for all.
    public var pbxs: [String] = [], queues: [String] = [], trunks: [String] = [], agents: [String] = []
    /// The name of a schedule; nil for always.
    public var schedule: String?
    /// Whether it applies outside the schedule.
    public var isOutside = false
    /// The least number of calls.
    public var least = 10
    /// `info`, `warning` or `critical`.
    public var severity = "warning"
    /// Who is told; nil for ``AlertSettings/receivers``.
    public var receivers: [String]?

    /// A rule without a measure.
    public init() {}
}

/// Hours of the week.
public struct AlertScheduleSettings: Sendable, Equatable {
    /// Such as `mon-fri 09:00-18:00`.
    public var hours: [String] = []
    /// Such as `2026-12-31` or `12-25`.
    public var holidays: [String] = []

    /// No hours.
    public init() {}
}

extension AlertMeasure: SettingProperty {}

extension AlertSettings {
    private static let day = 0.0...86_400
    private static let week = 0.0...604_800

    static let table = SettingsTable(
        "alerts",
        "When the receivers of alerts are told; see `docs/alerts.md`.",
        fills: AlertSettings(),
        keys: [
            .init(
                "default_receivers",
                .texts,
                \.receivers,
                example: ["leads"],
                "The receivers of rules that name none: names of `[alerts.receivers.NAME]`."
            ),
            .init(
                "url",
                .text,
                \.url,
                example: "https://pbx.example.com:8443",
                "The address under which the pages of `serve` are reached, for links in messages; no links if it is not set."
            ),
            .init(
                "group_wait",
                .seconds(day),
                \.groupWait,
                example: 30,
                "How long a first message waits, so that alerts of a rule that begin together arrive together."
            ),
            .init(
                "group_interval",
                .seconds(day),
                \.groupInterval,
                example: 300,
                "The least time between two messages about a rule, unless all its alerts are over."
            ),
            .init(
                "remind",
                .seconds(60...604_800),
                \.remind,
                example: 3600,
                "After how long receivers are reminded of alerts that still fire."
            ),
        ]
    )

    static let scheduleTable = SettingsTable(
        "alerts.schedules.*",
        exampleName: "business",
        "Hours of the week on the PBX's clock, for rules.",
        fills: AlertScheduleSettings(),
        keys: [
            .init(
                "hours",
                .texts,
                \.hours,
                example: ["mon-fri 09:00-18:00", "sat 10:00-14:00"],
                "Days and times. An end before the beginning is on the next day."
            ),
            .init(
                "holidays",
                .texts,
                \.holidays,
                example: ["12-25", "2027-04-05"],
                "Days without hours, in every year or in one."
            ),
        ]
    )

    static let ruleTable = SettingsTable(
        "alerts.rules.*",
        exampleName: "long-wait",
        "A rule for alerts. Without such tables there are no alerts.",
        fills: AlertRuleSettings(),
        keys: ruleCondition + ruleSubjects + ruleAudience
    )

    private static let ruleCondition: [SettingKey<AlertRuleSettings>] = [
        .init(
            "measure",
            .choice(of: AlertMeasure.self),
            \.measure,
            example: .queueWait,
            "What is measured. `docs/alerts.md` explains the measures."
        ),
        .init(
            "range",
            .range,
            \.range,
            example: NagiosRange(low: 0, high: 120),
            "A value outside this range raises the alarm, as in `[health.*]`."
        ),
        .init(
            "clear",
            .range,
            \.clear,
            example: NagiosRange(low: 0, high: 90),
            "Only a value inside this range clears the alarm. If it is not set: `range`."
        ),
        .init("for", .seconds(week), \.hold, example: 60, "How long the value must be bad before the alert fires."),
        .init(
            "keep",
            .seconds(week),
            \.keep,
            example: 120,
            "How long the value must be good before the alert is over."
        ),
        .init(
            "window",
            .seconds(60...604_800),
            \.window,
            example: 3600,
            "The time over which percentages are computed and calls are counted; at most the last six hours are known."
        ),
        .init(
            "least",
            .integer(0...1_000_000),
            \.least,
            example: 20,
            "A percentage of fewer calls is ignored."
        ),
    ]

    private static let ruleSubjects: [SettingKey<AlertRuleSettings>] = [
        .init("pbxs", .texts, \.pbxs, example: ["main"], "The PBXs that it is for; all if it is not set."),
        .init(
            "queues",
            .texts,
            \.queues,
            example: ["support"],
            "The queues that it is for; all if it is not set. A `*` at the end stands for any ending, here and below."
        ),
        .init("trunks", .texts, \.trunks, example: ["provider*"], "The trunks or endpoints that it is for."),
        .init("agents", .texts, \.agents, example: ["Bob"], "The agents, or for fraud the extensions, that it is for."),
        .init("schedule", .text, \.schedule, example: "business", "It applies within `[alerts.schedules.NAME]`."),
        .init("outside", .boolean, \.isOutside, example: true, "Whether it applies outside the schedule instead."),
    ]

    private static let ruleAudience: [SettingKey<AlertRuleSettings>] = [
        .init("severity", .choice(severities), \.severity, example: "critical", "How urgent its alerts are."),
        .init(
            "receivers",
            .texts,
            \.receivers,
            example: ["leads"],
            "Who is told. If it is not set: `default_receivers` of `[alerts]`; with nobody, alerts are only shown."
        ),
    ]

    /// The words of severities, the least urgent first.
    public static let severities = ["info", "warning", "critical"]
}
