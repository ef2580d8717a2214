import CallRecords
import Testing

@testable import Transform

@Suite struct NumberNormaliserTests {
    /// The lab's PBX: in Russia, agents 101-108, queues 400 and 401, 9 for an outside line.
    static func lab() throws -> NumberNormaliser {
        NumberNormaliser(
            plan: try NumberPlan(
                region: "RU",
                outsidePrefix: "9",
                extensions: try ExtensionPlan("100-199, 4XX, 700, 800")
            )
        )
    }

    struct Case: Sendable, CustomTestStringConvertible {
        var region: String
        var written: String
        var role: NumberRole
        var expected: PartyNumber
        var testDescription: String { "\(region) \(role) \(written)" }
    }

    static func number(_ region: String, _ written: String, _ role: NumberRole, _ e164: UInt64) -> Case {
        Case(
            region: region,
            written: written,
            role: role,
            expected: PhoneNumber(digits: e164).map { .e164($0) } ?? .none
        )
    }

    static func number(_ region: String, _ written: String, _ e164: UInt64) -> Case {
        number(region, written, .caller, e164)
    }

    static func other(_ written: String, _ role: NumberRole, _ expected: PartyNumber) -> Case {
        Case(region: "RU", written: written, role: role, expected: expected)
    }

    static func other(_ written: String, _ expected: PartyNumber) -> Case { other(written, .caller, expected) }

    @Test(arguments: [
        // Five spellings of one number.
        number("RU", "+79161234567", 79_161_234_567),
        number("RU", "79161234567", 79_161_234_567),
        number("RU", "89161234567", 79_161_234_567),
        number("RU", "9161234567", 79_161_234_567),
        number("RU", "0079161234567", 79_161_234_567),
        // The same, after the 9 for an outside line.
        number("RU", "979161234567", .dialled, 79_161_234_567),
        number("RU", "989161234567", .dialled, 79_161_234_567),
        number("RU", "99161234567", .dialled, 79_161_234_567),
        number("RU", "90079161234567", .dialled, 79_161_234_567),
        // Dialled without it, when the trunk sees the number.
        number("RU", "9161234567", .dialled, 79_161_234_567),
        number("RU", "4959332820", .dialled, 74_959_332_820),
        // 937 632-12-34 is a mobile of Tatarstan, and 9 + 376 321234 a number in Andorra without a plus.
        number("RU", "9376321234", .dialled, 79_376_321_234),
        // Abroad, without and with a prefix.
        number("RU", "4915123456789", 4_915_123_456_789),
        number("RU", "+4915123456789", 4_915_123_456_789),
        number("RU", "8104915123456789", 4_915_123_456_789),
        number("RU", "004915123456789", 4_915_123_456_789),
        number("RU", "9004915123456789", .dialled, 4_915_123_456_789),
        number("RU", "9442079460958", .dialled, 442_079_460_958),
        number("RU", "442079460958", .dialled, 442_079_460_958),
        number("RU", "9380441234567", .dialled, 380_441_234_567),
        number("RU", "12125550123", 12_125_550_123),
        // Kazakhstan shares the code 7.
        number("RU", "87012345678", 77_012_345_678),
        // A plus before a national number.
        number("RU", "+89161234567", 79_161_234_567),
        // DIDs.
        number("RU", "74950000400", .did, 74_950_000_400),
        // Wrapped.
        number("RU", "sip:+79161234567@10.0.0.1;user=phone", 79_161_234_567),
        number("RU", "<sip:89161234567@host>", 79_161_234_567),
        number("RU", "sips:%2B79161234567@host", 79_161_234_567),
        number("RU", "tel:+7-916-123-45-67;ext=12", 79_161_234_567),
        number("RU", "\"Анна Смирнова\" <9161234567>", 79_161_234_567),
        number("RU", "\"79161234567\" <79161234567>", 79_161_234_567),
        number("RU", "8-916-123-45-67 доб. 12", 79_161_234_567),
        number("RU", "0079161234567#", .dialled, 79_161_234_567),
        // Other countries.
        number("DE", "030 123456", 4_930_123_456),
        number("DE", "03012345678", 493_012_345_678),
        number("DE", "4915123456789", 4_915_123_456_789),
        number("DE", "491701234567", 491_701_234_567),
        number("DE", "00442079460958", 442_079_460_958),
        number("DE", "442079460958", 442_079_460_958),
        number("DE", "+49 (0)30 123456", 4_930_123_456),
        number("US", "2125550123", 12_125_550_123),
        number("US", "12125550123", 12_125_550_123),
        number("US", "(212) 555-0123", 12_125_550_123),
        number("US", "011442079460958", 442_079_460_958),
        number("US", "912125550123", .dialled, 12_125_550_123),
        // 555 is not an area code, but callers who want to hide send it; because its length is right, it is kept as
        // theirs.
        number("US", "5551234567", 15_551_234_567),
        number("US", "+15551234567", 15_551_234_567),
        number("UZ", "901234567", 998_901_234_567),
        number("UZ", "998901234567", 998_901_234_567),
        number("UZ", "+998 90 123-45-67", 998_901_234_567),
        number("GB", "02079460958", 442_079_460_958),
        number("GB", "442079460958", 442_079_460_958),
        number("GB", "902079460958", .dialled, 442_079_460_958),
        number("IT", "0612345678", 390_612_345_678),
        // After a plus it is international, although nearly any digits are also a valid number in Germany.
        number("DE", "+22507123456", 22_507_123_456),
        number("DE", "+97150123456", 97_150_123_456),
        number("DE", "+03012345678", 493_012_345_678),
        number("US", "+2125550123", 12_125_550_123),
        // National numbers of earlier plans: the operator's digits in Ivory Coast, 60 in Colombia.
        number("CI", "07123456", 2_250_707_123_456),
        number("CI", "04 12 34 56", 2_250_504_123_456),
        number("CI", "02 12 34 56", 2_250_102_123_456),
        number("CI", "22 48 12 34", 2_252_722_481_234),
        number("CI", "20 00 12 34", 2_252_520_001_234),
        number("CI", "21 80 12 34", 2_252_121_801_234),
        number("CO", "(1) 2345679", 576_012_345_679),
        number("CO", "6012345679", 576_012_345_679),
        number("CL", "22345678", 56_222_345_678),
        number("CM", "77123456", 237_677_123_456),
    ])
    func publicNumber(_ row: Case) throws {
        let plan = try NumberPlan(region: row.region, outsidePrefix: "9", extensions: try ExtensionPlan("100-199"))
        #expect(NumberNormaliser(plan: plan).party(row.written, as: row.role) == row.expected)
    }

    @Test(arguments: [
        other("101", .extension("101")),
        other("\"Agent 101\" <101>", .extension("101")),
        other("101", .dialled, .extension("101")),
        other("401", .dialled, .extension("401")),
        other("101", .written, .extension("101")),
        other("400", .did, .unparsed("400")),
        other("+101", .unparsed("+101")),
        other("300", .unparsed("300")),
        other("1234567", .unparsed("1234567")),
        other("12345678901234567890", .unparsed("12345678901234567890")),
        other("*97", .dialled, .service("*97")),
        other("#31#", .dialled, .service("#31#")),
        // The fire brigade's number, but the plan says that it is a desk.
        other("101", .dialled, .extension("101")),
        other("02", .dialled, .service("02")), other("902", .dialled, .service("902")),
        other("9112", .dialled, .service("9112")),
        other("anonymous", .anonymous), other("Anonymous", .anonymous), other("unknown", .anonymous),
        other("Unavailable", .anonymous), other("RESTRICTED", .anonymous), other("private", .anonymous),
        other("sip:anonymous@anonymous.invalid", .anonymous), other("0000000000", .anonymous),
        other("", .none), other("   ", .none), other("<script>", .none), other("script>", .none), other("s", .none),
        other("i", .none), other("t", .none), other("h", .none), other("asterisk", .none), other("p90", .none),
        other("Local_s@ext-side", .none), other("\"\" <>", .none), other("+", .none), other("Анна", .none),
        other("script79161234567", .none), other("79161234567abc", .none),
        other("1234567890123456789012345678901234567890", .none),
    ])
    func noPublicNumber(_ row: Case) throws {
        #expect(try Self.lab().party(row.written, as: row.role) == row.expected)
    }

    @Test func outsidePrefixComesOffOnlyWhatWasDialled() throws {
        let lab = try Self.lab()
        let dialled = "979161234567"
        #expect(lab.party(dialled, as: .dialled).phoneNumber?.description == "+79161234567")
        #expect(lab.party(dialled, as: .caller).phoneNumber?.description != "+79161234567")
    }

    @Test func outsidePrefixZero() throws {
        let plan = try NumberPlan(region: "DE", outsidePrefix: "0", extensions: try ExtensionPlan("2-3"))
        let normaliser = NumberNormaliser(plan: plan)
        for written in ["0030123456", "0004930123456", "030123456"] {
            #expect(normaliser.party(written, as: .dialled).phoneNumber?.description == "+4930123456", "\(written)")
        }
    }

    @Test func areaCodeAndOwnPrefixes() throws {
        let plan = try NumberPlan(
            region: "RU",
            internationalPrefix: "8~10",
            nationalPrefix: "0",
            areaCode: "495",
            extensions: try ExtensionPlan("3")
        )
        let normaliser = NumberNormaliser(plan: plan)
        #expect(normaliser.party("9588807", as: .caller).phoneNumber?.description == "+74959588807")
        #expect(normaliser.party("04959588807", as: .caller).phoneNumber?.description == "+74959588807")
        #expect(normaliser.party("810442079460958", as: .caller).phoneNumber?.description == "+442079460958")
    }

    @Test func withoutRegionOnlyInternationalNumbersAreRead() throws {
        let normaliser = NumberNormaliser(plan: try NumberPlan(region: nil))
        #expect(normaliser.party("+79161234567", as: .caller).phoneNumber?.description == "+79161234567")
        #expect(normaliser.party("0079161234567", as: .caller).phoneNumber?.description == "+79161234567")
        #expect(normaliser.party("79161234567", as: .caller).phoneNumber?.description == "+79161234567")
        #expect(normaliser.party("89161234567", as: .caller) == .unparsed("89161234567"))
    }
}

@Suite struct NumberFactsTests {
    /// What a dial guard needs to know: where a number is, and whether it is expensive.
    @Test(
        arguments: [
            ("+79161234567", "RU", 7, .mobile), ("+77012345678", "KZ", 7, .mobile),
            ("+442079460958", "GB", 44, .fixedLine),
            ("+499001123456", "DE", 49, .premiumRate), ("+18885550123", "US", 1, .tollFree),
            ("+979123456789", "001", 979, .premiumRate),
        ] as [(String, String, Int, NumberFacts.Kind)]
    )
    func factsOfANumber(e164: String, region: String, countryCode: Int, kind: NumberFacts.Kind) throws {
        let normaliser = NumberNormaliser(plan: try NumberPlan(region: "RU"))
        let number = try #require(PhoneNumber(e164: e164))
        let facts = try #require(normaliser.facts(of: number))
        #expect(facts.region == region)
        #expect(facts.countryCode == countryCode)
        #expect(facts.kind == kind)
        #expect(facts.isValid && facts.isPossible)
    }

    @Test func plansThatAreNone() {
        #expect(throws: NumberPlanError.unknownRegion("XX")) { try NumberPlan(region: "xx") }
        #expect(throws: NumberPlanError.invalidPrefix("9w")) { try NumberPlan(region: "RU", outsidePrefix: "9w") }
        #expect(throws: NumberPlanError.invalidPrefix("123456789")) {
            try NumberPlan(region: "RU", nationalPrefix: "123456789")
        }
    }
}
