import CallRecords
import Testing

@Suite struct ExtensionPlanTests {
    @Test(arguments: [
        ("3", ["100", "999", "000"], ["99", "1000", ""]),
        ("3-4", ["100", "1000"], ["99", "10000"]),
        ("101", ["101"], ["100", "102", "0101", "1010"]),
        ("100-199", ["100", "150", "199"], ["99", "200", "0150", "1500"]),
        ("10-19", ["10", "19"], ["9", "20", "100"]),
        ("90-110", ["90", "110", "99"], ["89", "111", "090"]),
        ("_1XX", ["100", "199"], ["200", "10", "1000"]),
        ("2XX", ["200"], ["100"]),
        ("_[1-37]Z", ["11", "39", "79"], ["10", "41", "81"]),
        ("_N.", ["20", "21345"], ["2", "10"]),
        ("_4!", ["4", "40", "412"], ["5"]),
        ("100-108, 400;401\n7XX", ["104", "400", "401", "700"], ["109", "402", "800"]),
        ("", ["10", "12345"], ["1", "123456"]),
    ])
    func membership(text: String, inside: [String], outside: [String]) throws {
        let plan = try ExtensionPlan(text)
        for digits in inside { #expect(plan.contains(digits), "\(digits) in \(text)") }
        for digits in outside { #expect(!plan.contains(digits), "\(digits) not in \(text)") }
    }

    @Test(arguments: ["abc", "_1.X", "_[3-1]X", "_[", "100-", "-100", "200-100", "_", "1000-20", "12a"])
    func `the error names the entry that is not a pattern`(entry: String) {
        let error = #expect(throws: InvalidExtensionPattern.self) { try ExtensionPlan("100-199, \(entry)") }
        #expect(error?.entry == entry)
    }

    @Test func onlyDigitsAreExtensions() throws {
        let plan = try ExtensionPlan("3")
        for text in ["10a", "+10", "1 0", "１００"] { #expect(!plan.contains(text)) }
    }

    @Test func numbersKeepTheirForm() {
        #expect(PhoneNumber(e164: "+79161234567")?.digits == 79_161_234_567)
        #expect(PhoneNumber(e164: "+79161234567")?.description == "+79161234567")
        for text in ["79161234567", "+", "+0916123456", "+7916 1234567", "+123456", "+1234567890123456", ""] {
            #expect(PhoneNumber(e164: text) == nil, "\(text)")
        }
        var bytes: [UInt8] = []
        PhoneNumber(digits: 390_612_345_670)?.write(to: &bytes)
        #expect(bytes == Array("+390612345670".utf8))
    }
}
