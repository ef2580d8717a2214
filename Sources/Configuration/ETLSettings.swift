import Base

/// How calls are loaded.
public struct ETLSettings: Sendable, Equatable {
    /// Days to go back if the command specifies no window.
    public var days = 7
    /// Seconds between runs; nil: run once.
    public var every: Double?
    /// Legs, at least 100.
    public var batchRows = Defaults.batchRows
    /// The path of a CSV file; nil: rejects are kept only in the warehouse.
    public var rejects: String?

    /// The largest number of days for a window: a century.
    public static let mostDays = 36_500
    /// The allowed seconds between two runs of the service: up to a week.
    public static let intervals: ClosedRange<Double> = 1...604_800

    /// The defaults.
    public init() {}
}

extension ETLSettings {
    static let table = SettingsTable(
        "etl",
        "How calls are loaded.",
        fills: ETLSettings(),
        keys: [
            .init(
                "days",
                .integer(1...mostDays),
                \.days,
                example: 30,
                "How many days back to load if the command names no window."
            ),
            .init(
                "every",
                .seconds(intervals),
                \.every,
                example: 300,
                "Run as a service: load again after this time."
            ),
            .init(
                "batch_rows",
                .integer(100...1_000_000),
                \.batchRows,
                example: 5_000,
                "How many legs are held in memory and merged at once."
            ),
            .init(
                "rejects",
                .path,
                \.rejects,
                example: "/var/log/crm-voip/rejects.csv",
                "A file to which rejected records are also written, unchanged."
            ),
        ]
    )
}

extension Settings {
    /// How calls are loaded.
    public var etl: ETLSettings { read(ETLSettings.table) }
}
