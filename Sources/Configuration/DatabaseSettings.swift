import Base

/// The MySQL or MariaDB database of a PBX.
public struct DatabaseSettings: Sendable, Equatable {
    /// How the connection is protected.
    public enum TLS: String, Sendable, CaseIterable, SettingProperty {
        case off
        /// Encrypted if the server supports it; its certificate is not checked.
        case prefer
        /// Encrypted, with the server's certificate and name checked.
        case verify
    }

    /// nil: the socket, or the host in my.cnf.
    public var host: String?
    /// The TCP port.
    public var port = 3306
    /// A Unix socket; nil for the default one.
    public var socket: String?
    /// The name of the database.
    public var database = "asteriskcdrdb"
    /// nil: the user in my.cnf.
    public var user: String?
    /// From the environment, `password_file` or the file; nil if my.cnf may know it.
    public var password: String?
    /// A file that contains the password.
    var passwordFile: String?
    /// A my.cnf to read instead of the default ones.
    public var defaultsFile: String?
    /// The group of my.cnf that is read in addition to `[client]`.
    public var defaultsGroup = Defaults.optionGroup
    /// The table of CDRs.
    public var table = "cdr"
    /// Differing column names of the table of CDRs, by the names in `CDR()`: `name=column`.
    public var columns: [String] = []
    /// Differing column names of the table of queue events, in the same form.
    public var queueLogColumns: [String] = []
    /// The table of queue events; nil if there is none.
    public var queueLogTable: String?
    /// The zone of the times in the tables; nil for the PBX's.
    public var timeZone: String?
    /// How the connection is protected.
    public var tls = TLS.prefer
    /// A PEM file of authorities; nil for the system's.
    public var caFile: String?
    /// Whether the table of CDRs is configured rather than assumed.
    public var namesTable = false
    /// Whether any of these keys is configured, so that `etl` without `--source` knows where to read.
    public var isConfigured = false

    /// The defaults.
    public init() {}
}

extension DatabaseSettings {
    static let table = SettingsTable(
        "pbx.*.cdr_database",
        exampleName: "main",
        """
        The MySQL or MariaDB database in which the PBX keeps its CDRs. Keys that are not set here are taken from the group \
        `defaults_group` of my.cnf.
        """,
        fills: DatabaseSettings(),
        keys: [
            .init(
                "host",
                .text,
                \.host,
                example: "pbx.example.com",
                "The server. If it is not set, the socket is used."
            ),
            .init(
                "port",
                .integer(1...65_535),
                \.port,
                example: 3307,
                "The server's port."
            ),
            .init("socket", .path, \.socket, example: "/run/mysqld/mysqld.sock", "The server's socket."),
            .init(
                "database",
                .text,
                \.database,
                example: "asterisk",
                "The name of the database."
            ),
            .init("user", .text, \.user, example: "crm_voip", "A user with the privilege SELECT."),
            .init("password", .secret, \.password, example: "…", "The user's password."),
            .init(
                "password_file",
                .path,
                \.passwordFile,
                example: "/etc/crm-voip/cdr.password",
                weakerThan: "password",
                "A file whose first line is the password."
            ),
            .init(
                "defaults_file",
                .path,
                \.defaultsFile,
                example: "/etc/crm-voip/my.cnf",
                "A my.cnf to read instead of the usual ones."
            ),
            .init(
                "defaults_group",
                .text,
                \.defaultsGroup,
                example: "pbx",
                "The group of my.cnf that is read in addition to `[client]`."
            ),
            .init("table", .text, \.table, example: "bit_cdr", "The table of CDRs."),
            .init(
                "columns",
                .texts,
                \.columns,
                example: ["start=call_time", "src=caller", "dst=callee"],
                """
                Columns of the table of CDRs whose names differ from those of Asterisk and FreePBX, each as \
                `name=column`. The names are those of `CDR()`.
                """
            ),
            .init(
                "queue_log_columns",
                .texts,
                \.queueLogColumns,
                example: ["time=at", "queuename=queue_id"],
                """
                Columns of the table of queue events whose names differ from `time`, `callid`, `queuename`, `agent`, \
                `event`, `data1` to `data5`, each as `name=column`.
                """
            ),
            .init(
                "queue_log_table",
                .text,
                \.queueLogTable,
                example: "queue_log",
                "The table of queue events, if there is one."
            ),
            .init(
                "timezone",
                .timeZone,
                \.timeZone,
                example: "UTC",
                "The time zone of the times in the tables if it is not the PBX's."
            ),
            .init(
                "tls",
                .choice(of: TLS.self),
                \.tls,
                example: .verify,
                "Whether the connection is encrypted, and whether the server's certificate is verified."
            ),
            .init(
                "ca_file",
                .path,
                \.caFile,
                example: "/etc/crm-voip/mysql-ca.pem",
                "The certificate authority that `verify` trusts."
            ),
        ]
    )
}

extension Settings {
    /// The database of a PBX.
    ///
    /// - Throws: ``ConfigurationError`` for a PBX that is not configured, or an unusable `password_file`.
    public func database(ofPBX named: String? = nil) throws(ConfigurationError) -> DatabaseSettings {
        let name = try pbxName(named)
        let table = ["pbx", name, "cdr_database"]
        var database = read(DatabaseSettings.table, named: name)
        if database.passwordFile != nil { database.password = try secret(inFileOf: table + ["password_file"]) }
        database.namesTable = isSet(under: table + ["table"]) || isSet(under: table + ["columns"])
        database.isConfigured = isSet(under: table)
        return database
    }
}
