public import Base

/// A PBX: where its records are, and how its numbers and contexts are read.
public struct PBXSettings: Sendable, Equatable {
    /// The name in the configuration.
    public var name: String
    /// The zone of the PBX's clock; nil if it is to be inferred from the uniqueids.
    public var timeZone: String?
    /// Paths and glob patterns of CDR files.
    public var csv: [String] = []
    /// The zone of the CDR files if it is not the PBX's.
    public var csvTimeZone: String?
    /// The layout of the CDR files; `auto` if it is to be recognised.
    public var layout = "auto"
    /// The order of days and months in dates with slashes in the CDR files.
    public var dateOrder = DateOrder.auto
    /// Paths and glob patterns of queue_log files.
    public var queueLog: [String] = []
    /// The encoding of names.
    public var encoding = TextEncoding.utf8
    /// The form of an extension, as the user wrote it: `3`, `3-4`, `100-199`, `1XX`, `_1XX`.
    public var extensions: [String] = []
    /// What users dial before an outside number.
    public var outsidePrefix: String?
    /// What is dialled before a country code; nil for the region's default.
    public var internationalPrefix: String?
    /// What is dialled before an area code; nil for the region's default.
    public var nationalPrefix: String?
    /// ISO 3166, two capital letters.
    public var region: String?
    /// Contexts for calls from outside.
    public var inboundContexts: [String] = []
    /// Contexts for calls to the outside.
    public var outboundContexts: [String] = []
    /// Contexts of the extensions.
    public var internalContexts: [String] = []
    /// Contexts whose legs are not counted in any call.
    public var ignoredContexts: [String] = []

    /// The defaults of a PBX.
    public init(name: String) { self.name = name }
}

extension PBXSettings {
    static let table = SettingsTable(
        "pbx.*",
        exampleName: "main",
        """
        A PBX and where its records are. Choose any name; without `--pbx` a command uses `main`, or the only PBX that is \
        configured.
        """,
        fills: PBXSettings(name: ""),
        keys: [
            .init(
                "timezone",
                .timeZone,
                \.timeZone,
                example: "Europe/Moscow",
                "The time zone of the PBX's clock. If it is not set, it is found from the uniqueids, which contain the time."
            ),
            .init(
                "csv",
                .paths,
                \.csv,
                example: ["/var/log/asterisk/cdr-csv/Master.csv*"],
                "CDR files of cdr_csv or cdr_custom, including rotated and `.gz` files."
            ),
            .init(
                "csv_timezone",
                .timeZone,
                \.csvTimeZone,
                example: "UTC",
                "The time zone of the CDR files if it is not the PBX's: `UTC` with `usegmtime=yes` in cdr.conf."
            ),
            .init(
                "layout",
                .text,
                \.layout,
                example: "csv+uniqueid+userfield",
                "The columns of the CDR files. `auto` recognises them by their shape; `crm-voip inspect FILE` shows them."
            ),
            .init(
                "date_order",
                .choice(of: DateOrder.self),
                \.dateOrder,
                example: .monthFirst,
                """
                Whether the day (`dmy`) or the month (`mdy`) comes first in dates such as 05/11/2026 in the CDR files. `auto` \
                finds it from days after the 12th among the first records, and refuses the file if there are none.
                """
            ),
            .init(
                "queue_log",
                .paths,
                \.queueLog,
                example: ["/var/log/asterisk/queue_log*"],
                "Files of queue_log, including rotated and `.gz` files."
            ),
            .init(
                "encoding",
                .choice(of: TextEncoding.self),
                \.encoding,
                example: .cp1251,
                """
                The encoding of names in the files that are not UTF-8. With `utf-8` another encoding is guessed from the \
                letters, with a warning.
                """
            ),
            .init(
                "extensions",
                .extensions,
                \.extensions,
                example: ["3", "100-199"],
                """
                What an extension looks like: a length (`3`), a range of lengths (`3-4`), a range of numbers \
                (`100-199`), a dialplan pattern (`1XX`), or an array of these.
                """
            ),
            .init(
                "outside_prefix",
                .text,
                \.outsidePrefix,
                example: "9",
                "The digits that users dial before an outside number. They are not part of the number."
            ),
            .init(
                "international_prefix",
                .text,
                \.internationalPrefix,
                example: "810",
                "The digits dialled before a country code, if not the usual ones of the region."
            ),
            .init(
                "national_prefix",
                .text,
                \.nationalPrefix,
                example: "8",
                "The digits dialled before an area code, if not the usual ones of the region."
            ),
            .init(
                "region",
                .region,
                \.region,
                example: "RU",
                "The country whose numbers are written without a country code."
            ),
            .init(
                "inbound_contexts",
                .texts,
                \.inboundContexts,
                example: ["from-trunk"],
                "Dialplan contexts that calls from outside enter."
            ),
            .init(
                "outbound_contexts",
                .texts,
                \.outboundContexts,
                example: ["from-internal-outbound"],
                "Dialplan contexts through which calls go outside."
            ),
            .init(
                "internal_contexts",
                .texts,
                \.internalContexts,
                example: ["from-internal"],
                "Dialplan contexts of the extensions."
            ),
            .init(
                "ignored_contexts",
                .texts,
                \.ignoredContexts,
                example: ["hotdesk"],
                "Dialplan contexts whose legs belong to their calls but say nothing about them."
            ),
        ]
    )
}

extension Settings {
    /// The names of the PBXs that are configured, in alphabetical order.
    public var pbxNames: [String] { names(in: ["pbx"]) }

    /// The PBX that a command refers to: the named one, else `main`, else the only one.
    ///
    /// If the configuration has no PBXs, any name is accepted, with default settings: a file can be loaded without a
    /// configuration.
    public func pbxName(_ named: String? = nil) throws(ConfigurationError) -> String {
        let names = pbxNames
        if let named {
            guard names.isEmpty || names.contains(named) else {
                throw ConfigurationError(
                    .unknownPBX,
                    "Unknown PBX \(named). Configured: \(names.joined(separator: ", "))."
                )
            }
            return named
        }
        if names.isEmpty || names.contains("main") { return "main" }
        guard names.count == 1 else {
            throw ConfigurationError(
                .unknownPBX,
                "Several PBXs are configured. Choose one with --pbx: \(names.joined(separator: ", "))."
            )
        }
        return names[0]
    }

    /// A PBX's settings; `pbxName` decides which PBX.
    public func pbx(_ named: String? = nil) throws(ConfigurationError) -> PBXSettings {
        let name = try pbxName(named)
        return read(PBXSettings.table, named: name, over: PBXSettings(name: name))
    }
}
