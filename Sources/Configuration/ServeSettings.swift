/// The server of `crm-voip serve`.
public struct ServeSettings: Sendable, Equatable {
    /// Where it listens: `HOST:PORT` or `unix:PATH`.
    public var listen = "127.0.0.1:8090"
    /// Additional host names under which it may be addressed.
    public var hosts: [String] = []
    /// The PEM file with the certificate and its chain; nil without TLS.
    public var certificate: String?
    /// The PEM file of the certificate's key.
    public var key: String?
    /// The configured file of users and tokens; nil: in the data directory.
    var configuredUsers: String?
    /// The role of clients that are not logged in; nil: `wall` while there are no users, otherwise `none`.
    public var openRole: String?
    /// The addresses of trusted proxies; `unix` for a Unix socket.
    public var proxies: [String] = []
    /// The header field in which such a proxy names the user that it has authenticated.
    public var userHeader: String?
    /// The data directory.
    let dataDirectory: String

    /// The defaults, with a data directory.
    public init(dataDirectory: String) { self.dataDirectory = dataDirectory }

    /// The file of users and tokens.
    public var usersFile: String { configuredUsers ?? "\(dataDirectory)/serve-users.json" }
}

extension ServeSettings {
    static let table = SettingsTable(
        "serve",
        "The server of `crm-voip serve`.",
        fills: ServeSettings(dataDirectory: ""),
        keys: [
            .init(
                "listen",
                .text,
                \.listen,
                example: "0.0.0.0:8443",
                "Where it listens: `HOST:PORT` or `unix:PATH`. Other machines are let in only with TLS and users."
            ),
            .init(
                "hosts",
                .texts,
                \.hosts,
                example: ["pbx.example.com"],
                "Names under which it may be addressed, besides those of `listen`; any other is refused."
            ),
            .init(
                "certificate",
                .path,
                \.certificate,
                example: "/etc/crm-voip/serve.pem",
                "The certificate and its chain, for TLS."
            ),
            .init("key", .path, \.key, example: "/etc/crm-voip/serve.key", "The certificate's key."),
            .init(
                "users_file",
                .path,
                \.configuredUsers,
                example: "/etc/crm-voip/serve-users.json",
                "Users and tokens, as `crm-voip serve user` and `token` write them; in the data directory if it is not set."
            ),
            .init(
                "open_role",
                .choice(["none", "wall", "viewer", "lead", "operator", "admin"]),
                \.openRole,
                example: "none",
                "The role of those who do not log in. If not set: `wall` while there are no users, else `none`."
            ),
            .init(
                "proxies",
                .texts,
                \.proxies,
                example: ["127.0.0.1"],
                "Addresses of proxies whose `X-Forwarded-For` and `X-Forwarded-Proto` are believed; `unix` for a Unix socket."
            ),
            .init(
                "user_header",
                .text,
                \.userHeader,
                example: "X-Remote-User",
                "The header field in which such a proxy names the user whom it has logged in; the user must be in the users file."
            ),
        ]
    )
}

extension Settings {
    /// The server of `crm-voip serve`.
    public var serve: ServeSettings {
        read(ServeSettings.table, over: ServeSettings(dataDirectory: warehouse.dataDirectory))
    }
}
