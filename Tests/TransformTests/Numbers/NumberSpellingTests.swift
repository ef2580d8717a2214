import CallRecords
import Testing

@testable import Transform

/// SplitMix64 (Steele, Lea, Flood 2014).
struct SeededGenerator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var z = state
        z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
        z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
        return z ^ (z >> 31)
    }
}

/// Any spelling of a known number gives it back.
@Suite struct NumberSpellingTests {
    /// Plans with national numbers of ten or nine digits, and prefixes of ranges in use there.
    struct Country: Sendable {
        var region: String
        var code: String
        var trunk: String
        var abroad: [String]
        var heads: [String]
        var nationalLength: Int
    }

    static let countries = [
        Country(
            region: "RU",
            code: "7",
            trunk: "8",
            abroad: ["+", "00", "810"],
            heads: ["916", "926", "495", "812"],
            nationalLength: 10
        ),
        Country(
            region: "US",
            code: "1",
            trunk: "1",
            abroad: ["+", "00", "011"],
            heads: ["212555", "415222"],
            nationalLength: 10
        ),
        Country(
            region: "GB",
            code: "44",
            trunk: "0",
            abroad: ["+", "00"],
            heads: ["2079", "7912"],
            nationalLength: 10
        ),
        Country(
            region: "UZ",
            code: "998",
            trunk: "8",
            abroad: ["+", "00", "810"],
            heads: ["90", "712"],
            nationalLength: 9
        ),
    ]

    @Test(arguments: 0..<100 as Range<UInt64>)
    func everySpellingIsTheSameNumber(seed: UInt64) throws {
        var random = SeededGenerator(state: seed)
        let home = Self.countries[Int(random.next(upperBound: 4 as UInt64))]
        let plan = try NumberPlan(region: home.region, outsidePrefix: "9", extensions: try ExtensionPlan("3-4"))
        let normaliser = NumberNormaliser(plan: plan)

        for _ in 0..<20 {
            var national = home.heads[Int(random.next(upperBound: UInt64(home.heads.count)))]
            while national.utf8.count < home.nationalLength {
                national += String(random.next(upperBound: 10 as UInt64))
            }
            let expected = "+" + home.code + national

            var spellings = home.abroad.map { $0 + home.code + national }
            spellings += [home.trunk + national, national, home.code + national]
            for spelling in spellings {
                let decorated = Self.decorate(spelling, &random)
                #expect(
                    normaliser.party(decorated, as: .caller).phoneNumber?.description == expected,
                    "\(home.region) \(decorated)"
                )
                #expect(
                    normaliser.party(decorated, as: .written).phoneNumber?.description == expected,
                    "\(home.region) \(decorated)"
                )
                #expect(
                    normaliser.party(decorated, as: .did).phoneNumber?.description == expected,
                    "\(home.region) \(decorated)"
                )
                let dialled = spelling.hasPrefix("+") ? spelling : "9" + spelling
                #expect(
                    normaliser.party(dialled, as: .dialled).phoneNumber?.description == expected,
                    "\(home.region) \(dialled)"
                )
                #expect(
                    normaliser.party("sip:\(spelling)@10.0.0.1:5060", as: .caller).phoneNumber?.description == expected
                )
                #expect(normaliser.party("\"Name 42\" <\(spelling)>", as: .caller).phoneNumber?.description == expected)
            }
            for remark in [" доб. 12", " ext 5", "x12", ";ext=101", " доб.101"] {
                let written = home.trunk + national + remark
                #expect(normaliser.party(written, as: .written).phoneNumber?.description == expected, "\(written)")
            }
        }
    }

    /// Blanks, dashes and brackets between the digits.
    private static func decorate(_ digits: String, _ random: inout SeededGenerator) -> String {
        var text = ""
        for (index, digit) in digits.enumerated() {
            if index > 0, random.next(upperBound: 4 as UInt64) == 0 {
                text += [" ", "-", " (", ") ", ".", "\u{A0}", "\u{2011}"][Int(random.next(upperBound: 7 as UInt64))]
            }
            text.append(digit)
        }
        return random.next(upperBound: 3 as UInt64) == 0 ? " \(text) " : text
    }

    /// Any bytes, however broken, lead at most to a wrong answer; the cache is queried twice and stays within its
    /// limit.
    @Test(arguments: 0..<40 as Range<UInt64>)
    func rubbishIsNoNumberAndNoCrash(seed: UInt64) throws {
        var random = SeededGenerator(state: seed)
        let normaliser = NumberNormaliser(plan: try NumberPlan(region: "RU", outsidePrefix: "9"), capacity: 64)
        let alphabet = Array("0123456789+*#<>@;:%2B\"' sipx,.-()\u{0}\u{A0}д".utf8) + [0xFF, 0xC2, 0xE2, 0x80]
        for _ in 0..<200 {
            let length = Int(random.next(upperBound: 40 as UInt64))
            let bytes = (0..<length).map { _ in alphabet[Int(random.next(upperBound: UInt64(alphabet.count)))] }
            for role in NumberRole.allCases {
                let (first, again) = bytes.withUnsafeBufferPointer {
                    (normaliser.party($0, as: role), normaliser.party($0, as: role))
                }
                #expect(first == again)
                if case .extension(let digits) = first { #expect((2...5).contains(digits.utf8.count)) }
            }
            #expect(normaliser.remembered <= 64)
        }
    }

    @Test func roleIsPartOfTheQuestion() throws {
        let normaliser = NumberNormaliser(
            plan: try NumberPlan(region: "RU", outsidePrefix: "9", extensions: try ExtensionPlan("3"))
        )
        #expect(normaliser.party("101", as: .did) == .unparsed("101"))
        #expect(normaliser.party("101", as: .caller) == .extension("101"))
        #expect(normaliser.party("101", as: .did) == .unparsed("101"))
    }
}
