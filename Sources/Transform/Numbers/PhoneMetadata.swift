public import CallRecords
import CPhoneNumber

/// What libphonenumber knows about a number.
public struct NumberFacts: Hashable, Sendable {
    /// The kind of service that answers.
    public enum Kind: String, Hashable, Sendable {
        case fixedLine = "fixed line"
        case mobile
        /// The country does not distinguish the two by number, as in North America.
        case fixedLineOrMobile = "fixed line or mobile"
        case tollFree = "toll free"
        case premiumRate = "premium rate"
        case sharedCost = "shared cost"
        case voip = "VoIP"
        case personalNumber = "personal number"
        case pager
        case universalAccess = "universal access"
        case voicemail
        case unknown
    }

    /// The number.
    public let number: PhoneNumber
    /// Country calling code, such as 7, 44 or 998.
    public let countryCode: Int
    /// ISO 3166-1 alpha-2; `001` for numbers of no country; `nil` if the number is not valid.
    public let region: String?
    /// The kind of service that answers.
    public let kind: Kind
    /// Whether the number matches a pattern of its country.
    public let isValid: Bool
    /// Whether the number has a length used in its country, area code included. True for numbers that are newer than
    /// the library's metadata, and for many that nobody has.
    public let isPossible: Bool
    /// The number of digits in the national significant number.
    let nationalLength: Int
}

/// The public network's numbering plans, by region.
enum PhoneMetadata {
    /// Reads digits, with or without a leading plus, as dialled in this region; `nil` if they are not a number.
    ///
    /// Without `withKind`, ``NumberFacts/kind`` is unknown, and the answer is faster.
    static func facts(
        _ text: UnsafeBufferPointer<UInt8>,
        region: String,
        withKind: Bool = false
    ) -> NumberFacts? {
        var raw = cpn_number()
        guard cpn_parse(text.baseAddress, text.count, region, withKind, &raw) == CPN_OK,
            let number = PhoneNumber(digits: raw.e164)
        else { return nil }
        let home = withUnsafeBytes(of: raw.region) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
        return NumberFacts(
            number: number,
            countryCode: Int(raw.country_code),
            region: home.isEmpty ? nil : home,
            kind: NumberFacts.Kind(raw.type),
            isValid: raw.valid,
            isPossible: raw.possible,
            nationalLength: Int(raw.national_length)
        )
    }

    /// ``NumberFacts/isValid`` for a country code and a national number without leading zeros, as seen from this
    /// region.
    static func isValid(_ countryCode: UInt64, _ national: UInt64, region: String) -> Bool {
        UInt16(exactly: countryCode).map { cpn_is_valid($0, national, region) } ?? false
    }

    static func isEmergency(_ text: UnsafeBufferPointer<UInt8>, region: String) -> Bool {
        cpn_is_emergency(text.baseAddress, text.count, region)
    }

    /// The trunk prefix of a region, `8` in RU and `0` in DE; `nil` if it has none.
    static func nationalPrefix(_ region: String) -> String? {
        withUnsafeTemporaryAllocation(of: CChar.self, capacity: 16) { buffer in
            let length = cpn_national_prefix(region, buffer.baseAddress, buffer.count)
            return length == 0
                ? nil : String(decoding: buffer.prefix(length).map { UInt8(bitPattern: $0) }, as: UTF8.self)
        }
    }

    static func isRegion(_ code: String) -> Bool { cpn_country_code(code) != 0 }
}

extension NumberFacts.Kind {
    fileprivate init(_ type: cpn_type) {
        self =
            switch type {
            case CPN_FIXED_LINE: .fixedLine
            case CPN_MOBILE: .mobile
            case CPN_FIXED_LINE_OR_MOBILE: .fixedLineOrMobile
            case CPN_TOLL_FREE: .tollFree
            case CPN_PREMIUM_RATE: .premiumRate
            case CPN_SHARED_COST: .sharedCost
            case CPN_VOIP: .voip
            case CPN_PERSONAL_NUMBER: .personalNumber
            case CPN_PAGER: .pager
            case CPN_UNIVERSAL_ACCESS: .universalAccess
            case CPN_VOICEMAIL: .voicemail
            default: .unknown
            }
    }
}
