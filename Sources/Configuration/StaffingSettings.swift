public import Base

/// A rule for staffing: when a queue gets more members, and which ones.
public struct StaffingSettings: Sendable, Equatable {
    /// Whether the rule is in force.
    public var isEnabled = false
    /// Whether it only says what it would do.
    public var isDryRun = false
    /// The PBX; nil for the default PBX.
    public var pbx: String?
    /// The queue; a rule without it is a fault.
    public var queue: String?
    /// What is done with members.
    public var action = StaffingAction.add
    /// Whom it may use, in order.
    public var members: [String] = []
    /// The reasons of pauses that it may end; empty for any.
    public var reasons: [String] = []
    /// The penalty that members get.
    public var penalty = 0
    /// What is measured; a rule without it is a fault.
    public var measure: AlertMeasure?
    /// A value outside it calls for members; a rule without it is a fault.
    public var range: NagiosRange?
    /// Only a value inside it lets members go; nil for ``range``.
    public var clear: NagiosRange?
    /// `for` and `keep`, in seconds.
    public var hold = 0.0, keep = 120.0
    /// The most members at the same time.
    public var most = 1
    /// The least time between two members, in seconds.
    public var every = 60.0
    /// How long a member is in at least and at most, in seconds; 0 for no longest time.
    public var leastTime = 300.0, longestTime = 0.0
    /// The name of a schedule of alerts; nil for always.
    public var schedule: String?
    /// Whether it applies outside the schedule.
    public var isOutside = false

    /// A rule without a queue.
    public init() {}
}

extension StaffingAction: SettingProperty {}

extension StaffingSettings {
    /// The measures of a queue as it is now.
    public static let measures: [AlertMeasure] = [
        .queueWait, .queueCallers, .callersPerFreeAgent, .unservedCallers, .queueFreeAgents, .queueReadyAgents,
        .queueMembers,
    ]
    private static let week = 0.0...604_800

    static let table = SettingsTable(
        "staffing.*",
        exampleName: "support-reserve",
        "A rule that gives a queue more members while callers wait, and takes them out again; see `docs/alerts.md`.",
        fills: StaffingSettings(),
        keys: doing + condition + limits
    )

    private static let doing: [SettingKey<StaffingSettings>] = [
        .init("enabled", .boolean, \.isEnabled, example: true, "Whether the rule is in force."),
        .init("dry_run", .boolean, \.isDryRun, example: true, "Whether it only says in the log what it would do."),
        .init("pbx", .text, \.pbx, example: "main", "The PBX; the default one if it is not set."),
        .init("queue", .text, \.queue, example: "support", "The queue that gets members."),
        .init(
            "action",
            .choice(of: StaffingAction.self),
            \.action,
            example: .unpause,
            "`add` adds a member, `penalty` lowers the penalty of one, `unpause` ends the pause of one."
        ),
        .init(
            "members",
            .texts,
            \.members,
            example: ["PJSIP/103 Erik", "Local/104@from-queue/n=hint:104@ext-local Wera"],
            "Whom it may use, in order: `INTERFACE NAME`, with `=STATE_INTERFACE` after the interface if the queue is to "
                + "watch another one. `add` needs it; for `penalty` and `unpause` it is every member if it is not set."
        ),
        .init(
            "reasons",
            .texts,
            \.reasons,
            example: ["backoffice"],
            "For `unpause`: only pauses with one of these reasons are ended. It needs this key or `members`."
        ),
        .init(
            "penalty",
            .integer(0...1_000_000),
            \.penalty,
            example: 5,
            "The penalty of members that it adds, or to which it lowers that of others."
        ),
    ]

    private static let condition: [SettingKey<StaffingSettings>] = [
        .init(
            "measure",
            .choice(measures.map(\.rawValue)),
            \.measure,
            example: .queueWait,
            "What is measured, as for alerts."
        ),
        .init(
            "range",
            .range,
            \.range,
            example: NagiosRange(low: 0, high: 60),
            "A value outside this range calls for members."
        ),
        .init(
            "clear",
            .range,
            \.clear,
            example: NagiosRange(low: 0, high: 20),
            "Only a value inside this range lets members go. If it is not set: `range`."
        ),
        .init("for", .seconds(week), \.hold, example: 30, "How long the value must be bad before a member is put in."),
        .init("keep", .seconds(week), \.keep, example: 300, "How long it must be calm before members are taken out."),
        .init("schedule", .text, \.schedule, example: "business", "It applies within `[alerts.schedules.NAME]`."),
        .init("outside", .boolean, \.isOutside, example: true, "Whether it applies outside the schedule instead."),
    ]

    private static let limits: [SettingKey<StaffingSettings>] = [
        .init("most", .integer(1...100), \.most, example: 2, "The most members that it has in at the same time."),
        .init("every", .seconds(week), \.every, example: 120, "The least time between two members that it puts in."),
        .init("least_time", .seconds(week), \.leastTime, example: 600, "How long a member stays in at least."),
        .init(
            "longest_time",
            .seconds(week),
            \.longestTime,
            example: 7200,
            "After how long a member is taken out even if it is not calm; 0 for never."
        ),
    ]
}
