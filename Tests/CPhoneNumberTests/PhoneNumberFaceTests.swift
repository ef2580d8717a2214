import CPhoneNumber
import Testing

@Suite struct PhoneNumberFaceTests {
    private func parse(_ text: String, _ region: String) -> (status: cpn_status, number: cpn_number) {
        var number = cpn_number()
        let bytes = Array(text.utf8)
        let status = cpn_parse(bytes, bytes.count, region, true, &number)
        return (status, number)
    }

    @Test(
        arguments: [
            ("8 (916) 123-45-67", "RU", 79_161_234_567, CPN_MOBILE),
            ("+442079460958", "ZZ", 442_079_460_958, CPN_FIXED_LINE),
            ("88005553535", "RU", 78_005_553_535, CPN_TOLL_FREE), ("+18885550123", "ZZ", 18_885_550_123, CPN_TOLL_FREE),
            ("0900 1 123456", "DE", 499_001_123_456, CPN_PREMIUM_RATE),
            ("2125550123", "US", 12_125_550_123, CPN_FIXED_LINE_OR_MOBILE),
            ("06 12345678", "IT", 390_612_345_678, CPN_FIXED_LINE),
        ] as [(String, String, UInt64, cpn_type)]
    )
    func validNumbers(text: String, region: String, e164: UInt64, type: cpn_type) {
        let (status, number) = parse(text, region)
        #expect(status == CPN_OK)
        #expect(number.valid && number.possible)
        #expect(number.e164 == e164)
        #expect(number.type == type)
    }

    @Test(
        arguments: [
            ("", "RU", CPN_NOT_A_NUMBER), ("Anna", "RU", CPN_NOT_A_NUMBER),
            ("9161234567", "ZZ", CPN_INVALID_COUNTRY_CODE),
            ("+9991234567", "RU", CPN_INVALID_COUNTRY_CODE), ("+441", "GB", CPN_TOO_SHORT),
            ("9161234567", "XX", CPN_UNKNOWN_REGION),
            ("+712345678901234567890", "RU", CPN_TOO_LONG), (String(repeating: "7", count: 251), "RU", CPN_TOO_LONG),
        ] as [(String, String, cpn_status)]
    )
    func whatIsNoNumberLeavesTheStructureEmpty(text: String, region: String, expected: cpn_status) {
        let (status, number) = parse(text, region)
        #expect(status == expected, "\(text)")
        #expect(number.e164 == 0 && !number.valid && !number.possible)
    }

    @Test func regions() {
        #expect(cpn_country_code("UZ") == 998)
        #expect(cpn_country_code("XX") == 0)
        #expect(cpn_is_emergency("112", 3, "DE"))
        #expect(!cpn_is_emergency("9112", 4, "US"))
        var buffer = [CChar](repeating: 1, count: 4)
        #expect(cpn_national_prefix("RU", &buffer, buffer.count) == 1)
        #expect(buffer[0] == CChar(UInt8(ascii: "8")) && buffer[1] == 0)
        #expect(cpn_national_prefix("RU", &buffer, 1) == 0)
        #expect(cpn_national_prefix("XX", &buffer, buffer.count) == 0)
    }
}
