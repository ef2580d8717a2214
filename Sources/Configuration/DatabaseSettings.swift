/// The MySQL or MariaDB database of a PBX.
public struct DatabaseSettings: Sendable, Equatable {
    /// How the connection is protected.
    public enum TLS: String, Sendable, CaseIterable {
        case off
        /// Encrypted if the server can; its certificate is not checked.
        case prefer
        /// Encrypted, with the server's certificate and name checked.
        case verify
    }

    /// nil: the socket, or what my.cnf says.
    public var host: String?
    /// The TCP port.
    public var port: Int
    /// A Unix socket; nil: the usual one.
    public var socket: String?
    /// The name of the database.
    public var database: String
    /// nil: what my.cnf says.
    public var user: String?
    /// From the environment, `password_file` or the file; nil if my.cnf may know it.
    public var password: String?
    /// A my.cnf to read instead of the usual ones.
    public var defaultsFile: String?
    /// The group of my.cnf that is read besides `[client]`.
    public var defaultsGroup: String
    /// The table of CDRs.
    public var table: String
    /// The table of queue events; nil if there is none.
    public var queueLogTable: String?
    /// Columns of the table of CDRs with other names, by `CDR()`'s: `name=column`.
    public var columns: [String]
    /// Columns of the table of queue events with other names, likewise.
    public var queueLogColumns: [String]
    /// The zone of the times in the tables; nil if it is the PBX's.
    public var timeZone: String?
    /// How the connection is protected.
    public var tls: TLS
    /// A PEM file of authorities; nil: the system's.
    public var caFile: String?
    /// Whether the table of CDRs is named, and not only assumed.
    public var namesTable: Bool
    /// Whether anything of the table is configured, so that `etl` without `--source` knows where to read.
    public var isConfigured: Bool
}

extension Settings {
    /// The database of a PBX; reads `password_file`.
    public func database(ofPBX named: String? = nil) throws(ConfigurationError) -> DatabaseSettings {
        let name = try pbxName(named)
        let table = ["pbx", name, "cdr_database"]
        return DatabaseSettings(
            host: text("pbx", name, "cdr_database", "host"),
            port: integer("pbx", name, "cdr_database", "port") ?? 3306,
            socket: text("pbx", name, "cdr_database", "socket"),
            database: text("pbx", name, "cdr_database", "database") ?? "asteriskcdrdb",
            user: text("pbx", name, "cdr_database", "user"),
            password: try secret(table, "password", file: "password_file"),
            defaultsFile: text("pbx", name, "cdr_database", "defaults_file"),
            defaultsGroup: text("pbx", name, "cdr_database", "defaults_group") ?? "crm-voip",
            table: text("pbx", name, "cdr_database", "table") ?? "cdr",
            queueLogTable: text("pbx", name, "cdr_database", "queue_log_table"),
            columns: list("pbx", name, "cdr_database", "columns"),
            queueLogColumns: list("pbx", name, "cdr_database", "queue_log_columns"),
            timeZone: text("pbx", name, "cdr_database", "timezone"),
            tls: text("pbx", name, "cdr_database", "tls").flatMap(DatabaseSettings.TLS.init) ?? .prefer,
            caFile: text("pbx", name, "cdr_database", "ca_file"),
            namesTable: isSet(under: table + ["table"]) || isSet(under: table + ["columns"]),
            isConfigured: isSet(under: table)
        )
    }
}
