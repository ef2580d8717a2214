public import Base

/// What a contact is in its CRM: the CRM's own word, unchanged.
public struct ContactKind: RawRepresentable, Hashable, Sendable {
    /// The word.
    public let rawValue: String

    /// A kind by its word.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// A person.
    public static let contact = ContactKind(rawValue: "contact")
    /// A prospect.
    public static let lead = ContactKind(rawValue: "lead")
    /// An organisation: its switchboard.
    public static let company = ContactKind(rawValue: "company")
    /// One of the CRM's own users: an agent, known by extension.
    public static let user = ContactKind(rawValue: "user")

    /// The order of preference if several kinds share a number: people before prospects, prospects before the
    /// switchboard, customers before colleagues.
    public var rank: UInt8 {
        switch rawValue {
        case "contact", "person", "customer", "client": 0
        case "lead", "prospect": 1
        case "company", "account", "organization", "organisation", "partner", "vendor": 2
        case "user", "agent", "employee": 4
        default: 3
        }
    }
}

/// A phone field of a contact, as somebody filled it in. It may contain remarks, an extension or several numbers.
public struct ContactPhone: Hashable, Sendable {
    /// The field's text in the CRM.
    public var text: String
    /// Lower is preferred: 0 to 99 order the phones of a contact. Each full hundred ranks the contact below every
    /// contact of a lower hundred, whatever its kind: disqualified and inactive contacts have 100 or more.
    public var priority: Int16

    /// A phone field.
    public init(_ text: String, priority: Int16 = 0) {
        self.text = text
        self.priority = priority
    }
}

/// A contact as its CRM has it.
public struct ContactRecord: Hashable, Sendable {
    /// What it is.
    public var kind: ContactKind
    /// The CRM's own id; unique among the contacts of its kind.
    public var id: String
    /// The name shown to people.
    public var name: String
    /// Who is responsible for the contact: a name or an id, as the source gives it.
    public var owner: String?
    /// A user's number inside the PBX.
    public var `extension`: String?
    /// When the contact was last changed; `nil` if the CRM does not say.
    public var updatedAt: Moment?
    /// The phone fields that are filled in.
    public var phones: [ContactPhone]
    /// `voip.contact.contact_id`, if the record comes from the warehouse.
    public var warehouseID: Int64?

    /// A contact with these properties.
    public init(
        kind: ContactKind,
        id: String,
        name: String,
        owner: String? = nil,
        extension: String? = nil,
        updatedAt: Moment? = nil,
        phones: [ContactPhone] = [],
        warehouseID: Int64? = nil
    ) {
        self.kind = kind
        self.id = id
        self.name = name
        self.owner = owner
        self.extension = `extension`
        self.updatedAt = updatedAt
        self.phones = phones
        self.warehouseID = warehouseID
    }
}
