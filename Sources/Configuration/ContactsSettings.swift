public import Base

/// The CRM's contacts.
public struct ContactsSettings: Sendable, Equatable {
    /// A CRM with known tables.
    public enum Preset: String, Sendable, CaseIterable, SettingProperty {
        case djangocrm, suitecrm, espocrm, odoo, vtiger
    }

    /// Paths and glob patterns of CSV files.
    public var csv: [String] = []
    /// `postgresql://…` or `mysql://…`. It may contain a password, so it must not be shown.
    public var url: String?
    /// The password of the URL's user; nil if the libraries may know it.
    public var password: String?
    /// A file that contains the password.
    var passwordFile: String?
    /// The CRM whose tables are read.
    public var preset: Preset?
    /// SQL to run instead of a preset's.
    public var query: String?
    /// The encoding of CSV files that are not UTF-8; `utf-8` means that it is inferred from their letters.
    public var encoding = TextEncoding.utf8
    /// ISO 3166, two capital letters; nil for the PBX's region.
    public var region: String?
    /// The address of the CRM's pages, to which the preset's path of a record is added.
    public var crmURL: String?
    /// The address of a record with `{{names}}`; it takes precedence.
    public var recordURL: String?

    /// The defaults.
    public init() {}
}

extension ContactsSettings {
    static let table = SettingsTable(
        "contacts",
        "The CRM's contacts: a CSV file, or a database with a preset or a query.",
        fills: ContactsSettings(),
        keys: [
            .init(
                "csv",
                .paths,
                \.csv,
                example: ["/srv/crm/contacts.csv"],
                "CSV files with the columns `kind,id,name,phone` and, optionally, `company,owner,extension`."
            ),
            .init(
                "url",
                .url,
                \.url,
                example: "postgresql://crm_voip@crm.example.com/crm",
                "The CRM's database: `postgresql://` or `mysql://`."
            ),
            .init("password", .secret, \.password, example: "…", "The password of the URL's user."),
            .init(
                "password_file",
                .path,
                \.passwordFile,
                example: "/etc/crm-voip/crm.password",
                weakerThan: "password",
                "A file whose first line is the password."
            ),
            .init(
                "preset",
                .choice(of: Preset.self),
                \.preset,
                example: .djangocrm,
                "The CRM whose tables are in the database."
            ),
            .init("query", .text, \.query, example: "select …", "Your own query, instead of a preset."),
            .init(
                "encoding",
                .choice(of: TextEncoding.self),
                \.encoding,
                example: .cp1251,
                """
                The encoding of the CSV files, where they are not UTF-8. With `utf-8` other encodings are told by their letters, \
                with a notice.
                """
            ),
            .init(
                "region",
                .region,
                \.region,
                example: "RU",
                "The country whose numbers the CRM writes without a country code. If it is not set: the PBX's."
            ),
            .init(
                "crm_url",
                .text,
                \.crmURL,
                example: "https://crm.example.com",
                "The address of the CRM's pages, to link a caller's record by the preset."
            ),
            .init(
                "record_url",
                .text,
                \.recordURL,
                example: "https://crm.example.com/people/{{id}}",
                "The address of a caller's record instead, with `{{kind}}`, `{{id}}`, `{{number}}`, `{{name}}` and `{{owner}}`."
            ),
        ]
    )
}

extension Settings {
    /// The source of the CRM's contacts.
    ///
    /// - Throws: ``ConfigurationError`` for an unusable `password_file`.
    public func contacts() throws(ConfigurationError) -> ContactsSettings {
        var contacts = read(ContactsSettings.table)
        if contacts.passwordFile != nil { contacts.password = try secret(inFileOf: ["contacts", "password_file"]) }
        return contacts
    }

    /// Faults of the addresses of the CRM's records.
    func recordURLFaults() throws(ConfigurationError) -> [ConfigurationError] {
        let contacts = try contacts()
        var faults: [ConfigurationError] = []
        for (key, url) in [("crm_url", contacts.crmURL), ("record_url", contacts.recordURL)] {
            guard let url, !["http://", "https://"].contains(where: url.hasPrefix) else { continue }
            let message = "contacts.\(key) should begin with https:// or http://, not be \(url)."
            faults.append(ConfigurationError(.badValue, message, at: values[["contacts", key]]?.origin))
        }
        if contacts.crmURL != nil, contacts.preset == nil {
            let message = "contacts.crm_url is set, but contacts.preset is not. Set record_url instead."
            faults.append(ConfigurationError(.badValue, message, at: values[["contacts", "crm_url"]]?.origin))
        }
        return faults
    }
}
