import CallRecords
import Testing
import Transform

/// A subscriber's number is found however it was written, and nobody else's is.
struct NumberFormsTests {
    @Test(arguments: [
        "0301234567", "+49301234567", "0049301234567", "+49 (30) 123-45-67", "030/1234567", "90301234567",
        "\"Anna\" <0301234567>", "PJSIP/+49301234567@trunk-00000012", "in-0301234567-20261122.wav",
    ])
    func `the number is found in each of its spellings`(text: String) throws {
        #expect(try matches(text, forms().pattern))
    }

    @Test(arguments: [
        "0301234568", "03012345678", "301234", "1795348800.30", "+4930123456x", "4567301234", "003012345xxxx",
        "1234567890123301234567",
    ])
    func `another number is not found`(text: String) throws {
        #expect(try !matches(text, forms().pattern))
        #expect(try !matches(text, forms().patternInLogs))
    }

    @Test func `a masked number is found in logs only`() throws {
        #expect(try matches("to 004930123xxxx@from-internal", forms().patternInLogs))
        #expect(try !matches("to 004930123xxxx@from-internal", forms().pattern))
        #expect(try matches("to 0301234567@from-internal", forms().patternInLogs))
    }

    /// Brazil's mobiles got a 9 before their eight digits.
    @Test func `the other form of a subscriber is found`() throws {
        let forms = NumberForms(try #require(PhoneNumber(e164: "+5511987654321")))
        #expect(forms.numbers.map(\.description) == ["+5511987654321", "+551187654321"])
        #expect(try matches("01187654321", forms.pattern))
    }

    private func forms() throws -> NumberForms { NumberForms(try #require(PhoneNumber(e164: "+49301234567"))) }

    private func matches(_ text: String, _ pattern: String) throws -> Bool {
        try text.contains(Regex(pattern))
    }
}
