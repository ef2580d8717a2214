public import Base

/// The manager interface of a PBX.
public struct AMISettings: Sendable, Equatable {
    /// A name or an address.
    public var host: String
    /// The TCP port.
    public var port: Int
    /// nil if it is not configured; the live commands need it.
    public var username: String?
    /// From the environment, `secret_file` or the file.
    public var secret: String?
    /// Whether to speak TLS; the certificate is always verified.
    public var tls: Bool
    /// A PEM file to trust instead of the system's authorities.
    public var caFile: String?
    /// Seconds.
    public var connectTimeout: Double
    /// Seconds.
    public var actionTimeout: Double
    /// Seconds before the first attempt to connect again.
    public var reconnectDelay: Double
    /// Events that may wait for a slow reader.
    public var eventBuffer: Int
    /// The encoding of names.
    public var encoding: TextEncoding
}

/// What orders may make the PBX do.
public struct DialGuardSettings: Sendable, Equatable {
    /// Dialplan patterns; empty: any number.
    public var allow: [String]
    /// Dialplan patterns that are refused whatever else is allowed.
    public var deny: [String]
    /// ISO 3166 codes of countries besides the PBX's own.
    public var countries: [String]
    /// Whether premium-rate and shared-cost numbers may be called.
    public var premium: Bool
    /// Whether any country may be called.
    public var international: Bool
    /// Empty: any.
    public var technologies: [String]
    /// Empty: any but those that lead outside.
    public var contexts: [String]
    /// Applications that a call may be connected to.
    public var applications: [String]
    /// Channel variables that may have any value; empty: plain ones whose value is no number that is refused.
    public var variables: [String]
    /// Dialplan patterns of extensions that calls may be transferred to; empty: as `allow`.
    public var transfer: [String]
    /// Supervisors, each followed by whom they may hear; empty: nobody may hear anybody.
    public var spy: [String]
    /// Calls started in a minute.
    public var perMinute: Int
    /// Calls started in a day.
    public var perDay: Int
    /// Started calls that are up at once.
    public var atOnce: Int
    /// Where every order and its outcome is written.
    public var auditLog: String
    /// Whether numbers are written in full there.
    public var auditNumbers: Bool
}

extension Settings {
    /// The manager interface of a PBX; reads `secret_file`.
    public func ami(ofPBX named: String? = nil) throws(ConfigurationError) -> AMISettings {
        let name = try pbxName(named)
        let tls = boolean("pbx", name, "ami", "tls")
        return AMISettings(
            host: text("pbx", name, "ami", "host") ?? "127.0.0.1",
            port: integer("pbx", name, "ami", "port") ?? (tls ? 5039 : 5038),
            username: text("pbx", name, "ami", "username"),
            secret: try secret(["pbx", name, "ami"], "secret", file: "secret_file"),
            tls: tls,
            caFile: text("pbx", name, "ami", "ca_file"),
            connectTimeout: seconds("pbx", name, "ami", "connect_timeout") ?? 5,
            actionTimeout: seconds("pbx", name, "ami", "action_timeout") ?? 10,
            reconnectDelay: seconds("pbx", name, "ami", "reconnect_delay") ?? 1,
            eventBuffer: integer("pbx", name, "ami", "event_buffer") ?? 20_000,
            encoding: text("pbx", name, "ami", "encoding").flatMap(TextEncoding.init(rawValue:)) ?? .utf8
        )
    }

    /// The dial guard of a PBX.
    public func dialGuard(ofPBX named: String? = nil) throws(ConfigurationError) -> DialGuardSettings {
        let name = try pbxName(named)
        return DialGuardSettings(
            allow: list("pbx", name, "dial_guard", "allow"),
            deny: list("pbx", name, "dial_guard", "deny"),
            countries: list("pbx", name, "dial_guard", "countries"),
            premium: boolean("pbx", name, "dial_guard", "premium"),
            international: boolean("pbx", name, "dial_guard", "international"),
            technologies: list("pbx", name, "dial_guard", "technologies"),
            contexts: list("pbx", name, "dial_guard", "contexts"),
            applications: list("pbx", name, "dial_guard", "applications"),
            variables: list("pbx", name, "dial_guard", "variables"),
            transfer: list("pbx", name, "dial_guard", "transfer"),
            spy: list("pbx", name, "dial_guard", "spy"),
            perMinute: integer("pbx", name, "dial_guard", "per_minute") ?? 30,
            perDay: integer("pbx", name, "dial_guard", "per_day") ?? 2_000,
            atOnce: integer("pbx", name, "dial_guard", "at_once") ?? 10,
            auditLog: text("pbx", name, "dial_guard", "audit_log") ?? "\(warehouse.dataDirectory)/originate.log",
            auditNumbers: boolean("pbx", name, "dial_guard", "audit_numbers")
        )
    }
}
