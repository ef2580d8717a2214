/// The PostgreSQL database of the calls.
public struct WarehouseSettings: Sendable, Equatable {
    /// Which server it is.
    public enum Server: Sendable, Equatable {
        /// A libpq connection URL or `host=… dbname=…` string. It may contain a password, so it must not be shown.
        case url(String)
        /// A service of pg_service.conf.
        case service(String)
        /// crm-voip's own server under `dataDirectory`.
        case embedded
    }

    /// Which PostgreSQL to use. A URL takes precedence over a service in the same layer; otherwise the stronger layer
    /// decides.
    public var server = Server.embedded
    /// The configured data directory; nil for the user's.
    var configuredDirectory: String?
    /// Whether the embedded server keeps running.
    public var keep = false
    /// The user's data directory.
    let usualDirectory: String

    /// The defaults for a user whose data belongs in this directory.
    public init(usualDirectory: String) { self.usualDirectory = usualDirectory }

    /// The folder of the embedded server and other state; an absolute path if the user gave one.
    public var dataDirectory: String { configuredDirectory ?? usualDirectory }

    /// Whether ``dataDirectory`` was chosen by the user.
    public var isDirectorySet: Bool { configuredDirectory != nil }
}

extension WarehouseSettings {
    /// An empty URL counts as unset.
    private var url: String? {
        get { if case .url(let url) = server { url } else { nil } }
        set { if let newValue, !newValue.isEmpty { server = .url(newValue) } }
    }

    /// An empty service counts as unset.
    private var service: String? {
        get { if case .service(let service) = server { service } else { nil } }
        set { if let newValue, !newValue.isEmpty { server = .service(newValue) } }
    }

    static let table = SettingsTable(
        "warehouse",
        "The PostgreSQL that holds the calls. With neither `url` nor `service`, crm-voip runs one of its own.",
        fills: WarehouseSettings(usualDirectory: ""),
        keys: [
            .init(
                "url",
                .url,
                \.url,
                example: "postgresql://crm_voip@db.example.com/crm_voip",
                "A libpq connection URL. Keep its password in `~/.pgpass` if you can."
            ),
            .init(
                "service",
                .text,
                \.service,
                example: "crm-voip",
                weakerThan: "url",
                "A service of `pg_service.conf`."
            ),
            .init(
                "data_directory",
                .path,
                \.configuredDirectory,
                example: "/srv/crm-voip",
                alias: "CRM_VOIP_DATA",
                """
                Where the embedded server and other state are kept. If it is not set: `/var/lib/crm-voip` for root and for the user \
                to whom that folder belongs, else \
                `$XDG_DATA_HOME/crm-voip` or `~/.local/share/crm-voip`. The variable `CRM_VOIP_DATA` sets it, too.
                """
            ),
            .init(
                "keep",
                .boolean,
                \.keep,
                example: true,
                "Whether the embedded server keeps running for the next command."
            ),
        ]
    )
}

extension Settings {
    /// The warehouse.
    public var warehouse: WarehouseSettings {
        read(WarehouseSettings.table, over: WarehouseSettings(usualDirectory: places.dataDirectory))
    }
}
