/// How many days the warehouse keeps each kind of record; `nil` for ever. Used by `warehouse prune`.
public struct RetentionSettings: Sendable, Equatable {
    /// Days that a call is kept after its end, with everything that belongs to it.
    public var calls: Int?
    /// Days that legs are kept.
    public var legs: Int?
    /// Days that queue events are kept.
    public var events: Int?
    /// Days that rejected records are kept.
    public var rejects: Int?

    /// Keeps everything.
    public init() {}
}

extension RetentionSettings {
    /// At most four digits: 27 years.
    private static let days = ValueKind.integer(1...9999)

    static let table = SettingsTable(
        "warehouse.retention",
        "After how many days `crm-voip warehouse prune` removes data. Data without a key here is kept for good.",
        fills: RetentionSettings(),
        keys: [
            .init(
                "calls",
                days,
                \.calls,
                example: 3650,
                "Calls, with their legs, queue visits, queue events and the agents' sessions of that time."
            ),
            .init("legs", days, \.legs, example: 1095, "Legs (CDRs). Their calls stay."),
            .init("events", days, \.events, example: 730, "Queue events. The visits that they made up stay."),
            .init("rejects", days, \.rejects, example: 90, "Rejected records."),
        ]
    )
}

extension Settings {
    /// How long the warehouse keeps each kind of record.
    public var retention: RetentionSettings { read(RetentionSettings.table) }
}
