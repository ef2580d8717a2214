import Base

/// What requests may make the PBX do.
public struct DialGuardSettings: Sendable, Equatable {
    /// Dialplan patterns; empty: any number.
    public var allow: [String] = []
    /// Dialplan patterns that are always refused.
    public var deny: [String] = []
    /// ISO 3166 codes of countries besides the PBX's own.
    public var countries: [String] = []
    /// Whether premium-rate and shared-cost numbers may be called.
    public var premium = false
    /// Whether any country may be called.
    public var international = false
    /// Empty: any.
    public var technologies: [String] = []
    /// Empty: any except those that lead outside.
    public var contexts: [String] = []
    /// Applications that a call may be connected to.
    public var applications = Defaults.safeApplications
    /// Channel variables that may have any value; empty: plain ones whose value is not a refused number.
    public var variables: [String] = []
    /// Dialplan patterns of extensions to which calls may be transferred; empty: the same as `allow`.
    public var transfer: [String] = []
    /// Supervisors, each followed by the devices that it may listen to; empty: nobody may listen to anybody.
    public var spy: [String] = []
    /// Calls started in a minute; 0: no limit.
    public var perMinute = 30
    /// Calls started in 24 hours; 0: no limit.
    public var perDay = 2_000
    /// Started calls that are active at the same time; 0: no limit.
    public var atOnce = 10
    /// The configured audit log; nil: in the data directory.
    var configuredAuditLog: String?
    /// Whether numbers are written there in full.
    public var auditNumbers = false
    /// The folder in which the program's state is kept.
    let dataDirectory: String

    /// The defaults of a user with this data directory.
    public init(dataDirectory: String) { self.dataDirectory = dataDirectory }

    /// The file in which every request and its outcome is recorded.
    public var auditLog: String { configuredAuditLog ?? "\(dataDirectory)/originate.log" }
}

extension DialGuardSettings {
    static let table = SettingsTable(
        "pbx.*.dial_guard",
        exampleName: "main",
        "What orders to the PBX are allowed. A refused order ends with exit status 77; see security.md.",
        fills: DialGuardSettings(dataDirectory: ""),
        keys: [
            .init(
                "allow",
                .texts,
                \.allow,
                example: ["1XX", "+7."],
                "Dialplan patterns of numbers that may be dialled. Empty: all numbers."
            ),
            .init(
                "deny",
                .texts,
                \.deny,
                example: ["112", "+7900."],
                "Dialplan patterns of numbers that may not be dialled, even if `allow` has them."
            ),
            .init(
                "countries",
                .texts,
                \.countries,
                example: ["RU", "KZ"],
                "Countries that may be called in addition to the PBX's own."
            ),
            .init(
                "premium",
                .boolean,
                \.premium,
                example: true,
                "Whether premium-rate and shared-cost numbers may be called."
            ),
            .init(
                "international",
                .boolean,
                \.international,
                example: true,
                "Whether any country may be called."
            ),
            .init(
                "technologies",
                .texts,
                \.technologies,
                example: ["PJSIP", "Local"],
                "Channel technologies that may be used. Empty: all."
            ),
            .init(
                "contexts",
                .texts,
                \.contexts,
                example: ["from-internal"],
                "Dialplan contexts that may be entered. Empty: all except those that lead outside."
            ),
            .init(
                "applications",
                .texts,
                \.applications,
                example: ["Playback", "Queue"],
                "Applications that a call may be connected to. Those of the default get plain arguments only."
            ),
            .init(
                "variables",
                .texts,
                \.variables,
                example: ["ORDER", "CUSTOMER"],
                "Channel variables that may be set to any value. Empty: variables whose value is not a refused number."
            ),
            .init(
                "transfer",
                .texts,
                \.transfer,
                example: ["1XX", "8XX"],
                "Dialplan patterns of extensions that calls may be transferred to. Empty: all that may be dialled."
            ),
            .init(
                "spy",
                .texts,
                \.spy,
                example: ["PJSIP/200", "PJSIP/201 PJSIP/3*"],
                """
                Who may listen to whom: a supervisor's device, followed by the devices that it may listen to; a device alone \
                may listen to all. Empty: nobody.
                """
            ),
            .init(
                "per_minute",
                .integer(0...1_000_000),
                \.perMinute,
                example: 10,
                "How many calls may be started in a minute; 0 means no limit."
            ),
            .init(
                "per_day",
                .integer(0...100_000_000),
                \.perDay,
                example: 500,
                "How many calls may be started in 24 hours; 0 means no limit."
            ),
            .init(
                "at_once",
                .integer(0...1_000_000),
                \.atOnce,
                example: 2,
                "How many started calls may be up at once; 0 means no limit."
            ),
            .init(
                "audit_log",
                .path,
                \.configuredAuditLog,
                example: "/var/log/crm-voip/originate.log",
                "Where every order and its outcome is written. If it is not set: `originate.log` in the data directory."
            ),
            .init(
                "audit_numbers",
                .boolean,
                \.auditNumbers,
                example: true,
                "Whether numbers are written there in full; otherwise the last four digits are `x`."
            ),
        ]
    )
}

extension Settings {
    /// The dial guard of a PBX.
    ///
    /// - Throws: ``ConfigurationError`` for a PBX that is not configured.
    public func dialGuard(ofPBX named: String? = nil) throws(ConfigurationError) -> DialGuardSettings {
        let standard = DialGuardSettings(dataDirectory: warehouse.dataDirectory)
        return read(DialGuardSettings.table, named: try pbxName(named), over: standard)
    }
}
