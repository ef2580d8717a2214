import CallRecords
import Testing
import Transform

/// Phone fields as people fill them in, and the numbers that they contain.
@Suite struct OddPhoneFieldTests {
    static let fields: [(region: String?, field: String, numbers: [String])] = [
        ("FR", "00229 0195123456", ["+2290195123456"]),
        ("FR", "+229 01 97 12 34 56", ["+2290197123456"]),
        ("DE", "+49 151 12345678 ::: +49 151 12345679", ["+4915112345678", "+4915112345679"]),
        ("DE", "030/12345600", ["+493012345600"]),
        ("DE", "030,12345600", ["+493012345600"]),
        ("DE", "030 12345600 / 030 12345601", ["+493012345600", "+493012345601"]),
        ("DE", "030 12345600; 0171 1234567", ["+493012345600", "+491711234567"]),
        ("DE", "030 – 12345600", ["+493012345600"]),
        ("RU", "'+7 (495) 958-88-07", ["+74959588807"]),
        ("RU", "8 916 353 08 29 Анна, 8 495 958 88 07", ["+79163530829", "+74959588807"]),
        ("RU", "+7 916 353 0829 8 (495) 958-88-07", ["+79163530829", "+74959588807"]),
        ("RU", "9163530829 9163530830", ["+79163530829", "+79163530830"]),
        ("RU", "8 (916) 197-30-60 доб. 12", ["+79161973060"]),
        ("RU", "4,91511E+12", []),
        ("RU", "7.91612E+10", []),
        ("US", "1-800-FLOWERS", ["+18003569377"]),
        ("US", "1 800 flowers", ["+18003569377"]),
        ("US", "(212) 555-0100 ext. 5", ["+12125550100"]),
        ("US", "Mobile", []),
        ("US", "n/a", []),
        // 999 is not a country code; 888 is, for shared networks.
        ("DE", "+99912345678", []),
        (nil, "+493012345600", ["+493012345600"]),
        (nil, "030 12345600", []),
        ("DE", "+49 30 12345600 | +49 30 12345601", ["+493012345600", "+493012345601"]),
        ("RU", "8 (495) 123-45-67 - 8 916 123-45-67", ["+74951234567", "+79161234567"]),
        ("DE", "030 1234567 – 0171 1234567", ["+49301234567", "+491711234567"]),
        // The end of a German number that reaches one desk in the company.
        ("DE", "030 1234567 - 12", ["+4930123456712"]),
        ("DE", "+49 30 - 1234567", ["+49301234567"]),
        ("CO", "(1) 2345679", ["+576012345679"]),
        ("BR", "041 11 91234-5678", ["+5511912345678"]),
    ]

    @Test(arguments: fields.indices) func `a phone field holds the numbers that its writer meant`(index: Int) throws {
        let (region, field, numbers) = Self.fields[index]
        let normaliser = NumberNormaliser(plan: try NumberPlan(region: region))
        #expect(normaliser.numbers(inContactField: field).map(\.description) == numbers, "\(field)")
    }

    /// A contact's phone, a caller, and whether they are the same subscriber.
    static let subscribers: [(phone: String, caller: String, isSame: Bool)] = [
        ("+55 11 8765-4321", "+5511987654321", true),
        ("+55 21 99876-5432", "+552198765432", true),
        ("+55 11 3456-7890", "+5511934567890", false),
        ("+54 9 11 2345-6789", "+541123456789", true),
        ("+54 11 2345-6789", "+5491123456789", true),
        ("+52 1 55 1234 5678", "+525512345678", true),
        ("+229 96 12 34 56", "+2290196123456", true),
        ("+225 07 12 34 56", "+2250707123456", true),
        ("+225 05 12 34 56", "+2250505123456", true),
        ("+225 20 21 34 56", "+2252720213456", true),
        ("+225 07 12 34 56", "+2250507123456", false),
        ("+237 77 12 34 56", "+237677123456", true),
        ("+57 1 234 5678", "+576012345678", true),
        ("+84 162 345 6789", "+84323456789", true),
        ("+84 32 345 6789", "+841623456789", true),
        ("+56 2 345 6789", "+56223456789", true),
        ("+49 30 12345600", "+493012345601", false),
    ]

    @Test(arguments: subscribers.indices) func `both forms of a subscriber's number find the contact`(index: Int) throws
    {
        let (phone, caller, isSame) = Self.subscribers[index]
        let normaliser = NumberNormaliser(plan: try NumberPlan(region: nil))
        var builder = ContactIndexBuilder()
        let record = ContactRecord(kind: .contact, id: "1", name: "A", phones: [ContactPhone(phone)])
        builder.add(record, normaliser: normaliser)
        let index = builder.build()
        let number = try #require(normaliser.party(caller, as: .caller).phoneNumber)
        #expect(number.description == caller, "the number that is shown stays as written")
        #expect((index.match(number).reference != nil) == isSame, "\(phone) and \(caller)")
    }

    @Test func `a number with a country code unknown to the library is not verified`() throws {
        let normaliser = NumberNormaliser(plan: try NumberPlan(region: "FR"))
        let known = normaliser.explain("+33600000001", as: .caller)
        #expect(known.isVerified)
        // Eleven digits: no French number has as many.
        let unknown = normaliser.explain("+336000000011", as: .caller)
        #expect(unknown.party.phoneNumber?.description == "+336000000011" && !unknown.isVerified)
        #expect(normaliser.party("+3360000", as: .caller).phoneNumber == nil, "seven digits are too few")
    }
}
