import Base
public import Configuration

/// The address of a caller's record in the CRM.
public struct RecordLink: Sendable {
    private let template: String
    private let preset: ContactsSettings.Preset?

    /// The link of a configuration; nil if it has none.
    ///
    /// - Throws: ``ServiceError`` for an unknown name in the template; `ConfigurationError`.
    public init?(_ settings: Settings) throws {
        let contacts = try settings.contacts()
        if let template = contacts.recordURL {
            (self.template, preset) = (template, nil)
        } else if let base = contacts.crmURL, let preset = contacts.preset {
            let base = base.hasSuffix("/") ? String(base.dropLast()) : base
            (template, self.preset) = (base + Self.path(preset), preset)
        } else {
            return nil
        }
        for name in Self.names(in: template) where !Self.known.contains(name) {
            throw ServiceError(
                .configuration,
                "Unknown name {{\(name)}} in contacts.record_url. Known: \(Self.known.joined(separator: ", "))."
            )
        }
    }

    /// The address for a caller, with every value percent-encoded; nil if a value that it needs is not known.
    public func url(number: String?, contact: CallerNames.Contact?) -> String? {
        let kind = contact.flatMap { contact in preset.map { Self.module($0, contact.kind) } ?? contact.kind }
        let values = [
            "kind": kind, "id": contact?.id, "number": number, "name": contact?.name, "owner": contact?.owner,
        ]
        var url = ""
        var rest = template[...]
        while let open = rest.firstRange(of: "{{"), let close = rest[open.upperBound...].firstRange(of: "}}") {
            guard let value = values[String(rest[open.upperBound..<close.lowerBound])] ?? nil, !value.isEmpty else {
                return nil
            }
            url += rest[..<open.lowerBound] + Self.encoded(value)
            rest = rest[close.upperBound...]
        }
        return url + rest
    }

    private static let known = ["kind", "id", "number", "name", "owner"]

    private static func names(in template: String) -> [String] {
        var names: [String] = []
        var rest = template[...]
        while let open = rest.firstRange(of: "{{"), let close = rest[open.upperBound...].firstRange(of: "}}") {
            names.append(String(rest[open.upperBound..<close.lowerBound]))
            rest = rest[close.upperBound...]
        }
        return names
    }

    /// Everything but letters, digits and `-._~` (RFC 3986, section 2.3).
    static func encoded(_ text: String) -> String {
        text.utf8.map { byte in
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0x7E: String(UnicodeScalar(byte))
            default: "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
            }
        }
        .joined()
    }

    /// Where each CRM shows a record.
    private static func path(_ preset: ContactsSettings.Preset) -> String {
        switch preset {
        case .djangocrm: "/crm/{{kind}}/{{id}}/change/"
        case .suitecrm: "/index.php?module={{kind}}&action=DetailView&record={{id}}"
        case .espocrm: "/#{{kind}}/view/{{id}}"
        case .odoo: "/web#id={{id}}&model={{kind}}&view_type=form"
        case .vtiger: "/index.php?module={{kind}}&view=Detail&record={{id}}"
        }
    }

    /// What the CRM calls a kind of contact.
    private static func module(_ preset: ContactsSettings.Preset, _ kind: String) -> String {
        let names: [String: String] =
            switch preset {
            case .djangocrm: [:]
            case .suitecrm: ["contact": "Contacts", "lead": "Leads", "company": "Accounts", "user": "Users"]
            case .espocrm: ["contact": "Contact", "lead": "Lead", "company": "Account", "user": "User"]
            case .odoo: ["contact": "res.partner", "company": "res.partner", "lead": "crm.lead", "user": "res.users"]
            case .vtiger: ["contact": "Contacts", "lead": "Leads", "company": "Accounts", "user": "Users"]
            }
        return names[kind] ?? kind
    }
}
