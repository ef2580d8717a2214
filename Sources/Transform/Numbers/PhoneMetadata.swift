public import CallRecords
import CPhoneNumber

/// What libphonenumber knows about a number.
public struct NumberFacts: Hashable, Sendable {
    /// What kind of service answers.
    public enum Kind: String, Hashable, Sendable {
        case fixedLine = "fixed line"
        case mobile
        /// The country does not tell the two apart by number, as in North America.
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
    /// Country calling code: 7, 44, 998.
    public let countryCode: Int
    /// ISO 3166-1 alpha-2; `001` for numbers of no country; `nil` where the number is not valid.
    public let region: String?
    /// What kind of service answers there.
    public let kind: Kind
    /// Whether the number fits a pattern of its country.
    public let isValid: Bool
    /// Whether the number has a length that its country's numbers have, area code included. True of numbers that are
    /// newer than the library's metadata, and of many that nobody has.
    public let isPossible: Bool
    /// Digits of the national significant number.
    let nationalLength: Int
}

/// The public network's numbering plans, asked by region.
enum PhoneMetadata {
    /// Reads digits, with or without a leading plus, as dialled in this region; `nil` where they are no number.
    ///
    /// Without `withKind`, ``NumberFacts/kind`` is unknown, and the answer comes quicker.
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

    /// ``NumberFacts/isValid`` of a country code and a national number without leading zeros, asked by somebody in this region.
    static func isValid(_ countryCode: UInt64, _ national: UInt64, region: String) -> Bool {
        UInt16(exactly: countryCode).map { cpn_is_valid($0, national, region) } ?? false
    }

    static func isEmergency(_ text: UnsafeBufferPointer<UInt8>, region: String) -> Bool {
        cpn_is_emergency(text.baseAddress, text.count, region)
    }

    /// The trunk prefix of a region, `8` in RU and `0` in DE; `nil` where it has none.
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
