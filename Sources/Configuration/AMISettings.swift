public import Base

/// The manager interface of a PBX.
public struct AMISettings: Sendable, Equatable {
    /// A name or an address.
    public var host = Defaults.managerHost
    /// The configured TCP port; nil for Asterisk's default.
    var configuredPort: Int?
    /// nil if not configured; the live commands need it.
    public var username: String?
    /// The secret, from the environment, `secret_file` or the file.
    public var secret: String?
    /// A file that contains the secret.
    var secretFile: String?
    /// Whether to use TLS; the certificate is always verified.
    public var tls = false
    /// A PEM file to trust instead of the system's authorities.
    public var caFile: String?
    /// Seconds.
    public var connectTimeout = Defaults.connectTimeout
    /// Seconds.
    public var actionTimeout = Defaults.actionTimeout
    /// Seconds before the first attempt to reconnect.
    public var reconnectDelay = Defaults.reconnectDelay
    /// Events that may be queued for a slow reader.
    public var eventBuffer = Defaults.eventBuffer
    /// The encoding of names.
    public var encoding = TextEncoding.utf8

    /// The defaults.
    public init() {}

    /// The TCP port.
    public var port: Int { configuredPort ?? (tls ? Defaults.managerTLSPort : Defaults.managerPort) }
}

extension AMISettings {
    static let table = SettingsTable(
        "pbx.*.ami",
        exampleName: "main",
        "The Asterisk Manager Interface of the PBX, as in its manager.conf.",
        fills: AMISettings(),
        keys: [
            .init("host", .text, \.host, example: "pbx.example.com", "The name or address of the PBX."),
            .init(
                "port",
                .integer(1...65_535),
                \.configuredPort,
                example: 15038,
                "`port` of manager.conf or, with TLS, the port of `tlsbindaddr`. If it is not set: 5038, with TLS 5039."
            ),
            .init("username", .text, \.username, example: "crm-voip", "The name of the section in manager.conf."),
            .init("secret", .secret, \.secret, example: "…", "The secret of that section."),
            .init(
                "secret_file",
                .path,
                \.secretFile,
                example: "/etc/crm-voip/ami.secret",
                weakerThan: "secret",
                "A file whose first line is the secret."
            ),
            .init(
                "tls",
                .boolean,
                \.tls,
                example: true,
                "Whether to speak TLS; the PBX's certificate is always verified."
            ),
            .init(
                "ca_file",
                .path,
                \.caFile,
                example: "/etc/crm-voip/pbx-ca.pem",
                "The certificate authority, or the self-signed certificate, to trust instead of the system's authorities."
            ),
            .init(
                "connect_timeout",
                .seconds(0.1...600),
                \.connectTimeout,
                example: 10,
                "How long connecting and logging in may take."
            ),
            .init(
                "action_timeout",
                .seconds(0.1...600),
                \.actionTimeout,
                example: 30,
                "How long the PBX may take to answer an action."
            ),
            .init(
                "reconnect_delay",
                .seconds(0.1...600),
                \.reconnectDelay,
                example: 5,
                "The pause before the first attempt to reconnect. It doubles with each attempt, up to a minute."
            ),
            .init(
                "event_buffer",
                .integer(100...10_000_000),
                \.eventBuffer,
                example: 100_000,
                "How many events may wait for a slow reader before further ones are dropped and counted."
            ),
            .init(
                "encoding",
                .choice(of: TextEncoding.self),
                \.encoding,
                example: .cp1251,
                "The encoding of names in events that are not UTF-8."
            ),
        ]
    )
}

extension Settings {
    /// The manager interface of a PBX.
    ///
    /// - Throws: ``ConfigurationError`` for a PBX that is not configured, or an unusable `secret_file`.
    public func ami(ofPBX named: String? = nil) throws(ConfigurationError) -> AMISettings {
        let name = try pbxName(named)
        var ami = read(AMISettings.table, named: name)
        if ami.secretFile != nil { ami.secret = try secret(inFileOf: ["pbx", name, "ami", "secret_file"]) }
        return ami
    }
}
