/// The PostgreSQL that holds the calls.
public struct WarehouseSettings: Sendable, Equatable {
    /// Which server it is.
    public enum Server: Sendable, Equatable {
        /// A libpq connection URL or `host=… dbname=…` string. It may hold a password: do not show it.
        case url(String)
        /// A service of pg_service.conf.
        case service(String)
        /// crm-voip's own server under `dataDirectory`.
        case embedded
    }

    /// Which PostgreSQL it is.
    public var server: Server
    /// Where the embedded server and other state live; an absolute path where the user gave one.
    public var dataDirectory: String
    /// Whether the embedded server is left running.
    public var keep: Bool
}

/// The CRM's contacts.
public struct ContactsSettings: Sendable, Equatable {
    /// A CRM whose tables are known.
    public enum Preset: String, Sendable, CaseIterable {
        case djangocrm, suitecrm, espocrm, odoo, vtiger
    }

    /// Paths and glob patterns of CSV files.
    public var csv: [String]
    /// `postgresql://…` or `mysql://…`. It may hold a password: do not show it.
    public var url: String?
    /// The password of the URL's user; nil if the libraries may know it.
    public var password: String?
    /// The CRM whose tables are read.
    public var preset: Preset?
    /// SQL to run instead of a preset's.
    public var query: String?
    /// ISO 3166, two capital letters; nil: the PBX's.
    public var region: String?
}

extension Settings {
    /// The warehouse. A URL wins over a service of the same layer; the one set by the stronger layer wins.
    public var warehouse: WarehouseSettings {
        WarehouseSettings(
            server: server,
            dataDirectory: text("warehouse", "data_directory") ?? places.dataDirectory,
            keep: boolean("warehouse", "keep")
        )
    }

    private var server: WarehouseSettings.Server {
        let url = text("warehouse", "url").flatMap { $0.isEmpty ? nil : $0 }
        let service = text("warehouse", "service").flatMap { $0.isEmpty ? nil : $0 }
        switch (url, service) {
        case (let url?, let service?):
            return isStronger(["warehouse", "service"], than: ["warehouse", "url"]) ? .service(service) : .url(url)
        case (let url?, nil): return .url(url)
        case (nil, let service?): return .service(service)
        case (nil, nil): return .embedded
        }
    }

    /// Where the CRM's contacts come from; reads `password_file`.
    public func contacts() throws(ConfigurationError) -> ContactsSettings {
        ContactsSettings(
            csv: list("contacts", "csv"),
            url: text("contacts", "url"),
            password: try secret(["contacts"], "password", file: "password_file"),
            preset: text("contacts", "preset").flatMap(ContactsSettings.Preset.init),
            query: text("contacts", "query"),
            region: text("contacts", "region")
        )
    }
}
