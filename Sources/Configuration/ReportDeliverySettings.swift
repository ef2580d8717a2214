package import Base

/// Reports that are delivered with `report --deliver NAME`: which, for which time, as what, and to whom.
public struct ReportDeliverySettings: Sendable, Equatable {
    /// The time that the reports cover.
    public enum Window: String, Sendable, CaseIterable, SettingProperty {
        case lastWeek = "last_week"
        case yesterday
        case lastMonth = "last_month"
    }

    /// The rights of a file.
    public enum Mode: String, Sendable, CaseIterable, SettingProperty {
        case owner = "0600"
        case group = "0640"
        case all = "0644"

        /// As a number.
        public var permissions: UInt32 {
            switch self {
            case .owner: 0o600
            case .group: 0o640
            case .all: 0o644
            }
        }
    }

    /// The name in the configuration.
    public let name: String
    /// The names of the reports, in order.
    public var reports: [String] = []
    /// The time that they cover.
    public var window = Window.lastWeek
    /// The formats of the files: `html`, `xlsx`, `csv`, `json`.
    public var formats = ["html", "xlsx"]
    /// Whether CSV is written for spreadsheets instead of programs.
    public var isForSpreadsheets = false
    /// Only these queues, each by itself; empty for all together.
    public var queues: [String] = []
    /// The language of the mail and of the files; nil for that of the configuration.
    package var language: Language?
    /// Names of receivers of alerts.
    public var receivers: [String] = []
    /// The folder for the files; nil for none.
    public var folder: String?
    /// The group that gets the files; nil for the group that the system gives them.
    public var group: String?
    /// The rights of the files.
    public var mode = Mode.group

    /// The defaults.
    public init(name: String) { self.name = name }

    /// The formats that files can have.
    public static let knownFormats = ["html", "xlsx", "csv", "json"]
}

extension ReportDeliverySettings {
    static let table = SettingsTable(
        "reports.delivery.*",
        exampleName: "support",
        "Reports that `crm-voip report --deliver NAME` makes and delivers; see `docs/reports.md`.",
        fills: ReportDeliverySettings(name: ""),
        keys: [
            .init("reports", .texts, \.reports, example: ["queues", "lost-calls"], "The reports, in order."),
            .init("window", .choice(of: Window.self), \.window, example: .yesterday, "The time that they cover."),
            .init(
                "formats",
                .texts,
                \.formats,
                example: ["html"],
                "What is attached to mails and written to the folder: `\(knownFormats.joined(separator: "`, `"))`."
            ),
            .init(
                "spreadsheet",
                .boolean,
                \.isForSpreadsheets,
                example: true,
                "Whether CSV is written as spreadsheets in the language open it, as with `report --spreadsheet`."
            ),
            .init(
                "queue",
                .texts,
                \.queues,
                example: ["support"],
                "Only this queue, or reports for each of several. Reports that cannot be restricted to a queue are then an error."
            ),
            .init(
                "language",
                .choice(Language.all.map(\.code)),
                \.language,
                example: .russian,
                "The language of the mail and of the files. If it is not set: `language` before all tables."
            ),
            .init(
                "receivers",
                .texts,
                \.receivers,
                example: ["leads"],
                "Who gets them: names of `[alerts.receivers.NAME]` with the type `email`, `sendmail` or `webhook`."
            ),
            .init(
                "folder",
                .path,
                \.folder,
                example: "/srv/reports/support",
                "A folder that gets the files, named after the time, such as `2026-W47.html`. It must exist."
            ),
            .init("group", .text, \.group, example: "leads", "The group of users that gets the files in the folder."),
            .init(
                "mode",
                .choice(of: Mode.self),
                \.mode,
                example: .all,
                "The rights of the files in the folder: the owner reads them, the group too, or everybody."
            ),
        ]
    )
}
