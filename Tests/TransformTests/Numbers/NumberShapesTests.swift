import CallRecords
import Testing

@testable import Transform

@Suite struct NumberShapesTests {
    private static let regions = [
        "AE", "AR", "AT", "AU", "AZ", "BE", "BG", "BR", "BY", "CA", "CH", "CI", "CL", "CN", "CO", "CR", "CZ", "DE",
        "DK", "EE", "EG", "ES", "FI", "FR", "GB", "GE", "GR", "HK", "HR", "HU", "ID", "IE", "IL", "IN", "IR", "IT",
        "JP", "KE", "KR", "KZ", "LI", "LT", "LV", "MD", "MN", "MX", "MY", "NG", "NL", "NO", "NZ", "PE", "PH", "PK",
        "PL", "PT", "RO", "RS", "RU", "SA", "SE", "SG", "SI", "SK", "SM", "TH", "TM", "TR", "TW", "UA", "US", "UY",
        "UZ", "VA", "VE", "VN", "ZA",
    ]

    /// Digits as written in the region, eight for each beginning, all compared with a full reading.
    @Test(arguments: regions) func `a number of a known shape reads as any other`(region: String) throws {
        var random = SeededGenerator(state: 11)
        let plan = try NumberPlan(region: region, internationalPrefix: "810")
        var shapes = NumberShapes()
        let national = PhoneMetadata.nationalPrefix(region) ?? ""
        func digits(_ count: Int) -> String {
            (0..<count).map { _ in String(random.next(upperBound: 10 as UInt64)) }.joined()
        }
        for _ in 0..<80 {
            let start = ["", "", national, national, "+", "00", "810"][Int(random.next(upperBound: 7 as UInt64))]
            let beginning = start + digits(2 + Int(random.next(upperBound: 6 as UInt64)))
            for _ in 0..<8 {
                let text = beginning + digits(6)
                Array(text.utf8).withUnsafeBufferPointer { digits in
                    let reading = shapes.reading(digits, plan: plan)
                    let expected = NumberReading.best(digits, plan: plan)
                    #expect(reading?.number == expected?.number, "\(text)")
                    #expect(reading?.grade == expected?.grade, "\(text)")
                    #expect(reading?.rule == expected?.rule, "\(text)")
                }
            }
        }
    }
}
