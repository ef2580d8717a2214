public import Base

/// Why contacts were not loaded.
public struct LoadContactsError: CategorisedError, Hashable {
    /// What is wrong with the contacts.
    public struct Code: ErrorCode {
        /// The code's name in logs.
        public let rawValue: String

        /// A code by its name.
        public init(rawValue: String) { self.rawValue = rawValue }

        /// The CRM returned no contacts.
        public static let sourceIsEmpty = Code(rawValue: "source-is-empty")
        /// Most phones in the CRM are not phone numbers.
        public static let phonesAreUnreadable = Code(rawValue: "phones-are-unreadable")
    }

    /// What is wrong with the contacts.
    public let code: Code
    /// A sentence that tells the user what to do.
    public let description: String

    /// The contacts are data that was read.
    public var category: ErrorCategory { .badData }

    /// Most phones in the CRM are not phone numbers: a wrong column, encoding or region is more likely than a CRM whose
    /// contacts cannot be called.
    public static func phonesAreUnreadable(_ unreadable: Int, of phones: Int) -> Self {
        Self(
            code: .phonesAreUnreadable,
            description: "\(unreadable) of \(phones) phones of contacts cannot be read as numbers. Nothing was"
                + " changed. Check the columns and the encoding of the list, and set `region`"
                + " where numbers have no country code."
        )
    }

    /// The CRM returned no contacts; accepting that would unlink every call.
    public static let sourceIsEmpty = Self(
        code: .sourceIsEmpty,
        description: "The contacts' source is empty, but the warehouse has contacts. Nothing was changed; check the"
            + " file or the query."
    )
}
