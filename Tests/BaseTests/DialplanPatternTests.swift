import Base
import Testing

@Suite struct DialplanPatternTests {
    @Test(arguments: [
        ("_NXXXXXX", "5551234", true), ("NXXXXXX", "1551234", false), ("_1XX", "1000", false), ("_+7.", "+7", false),
        ("+7.", "+74", true), ("_9!", "9", true), ("_9!", "8", false), ("[13-5]X", "40", true),
        ("[13-5]X", "20", false),
        ("112", "112", true), ("112", "1122", false), ("_Z-N", "12", true), ("_Z-N", "02", false), ("_x.", "*", false),
        ("_*98", "*98", true), ("_*98", "098", false), ("_[+0]X", "+1", true), ("é", "é", true), ("é", "e", false),
    ])
    func `a pattern takes a whole number`(_ pattern: String, _ number: String, _ matches: Bool) throws {
        #expect(try #require(DialplanPattern(pattern)).matches(number) == matches)
    }

    @Test(arguments: ["", "_", "[", "1[", "[]", "[3-1]", "[1-", "[é]", "1.X", "!1"])
    func `text that is not a pattern is refused`(_ text: String) {
        #expect(DialplanPattern(text) == nil)
    }

    @Test(arguments: [("_1XX.", true), ("[1-37]!", true), ("+7X", false), ("[+0]X", false), ("é", false)])
    func `a pattern says whether it is of digits only`(_ text: String, _ isOfDigits: Bool) throws {
        #expect(try #require(DialplanPattern(text)).isOfDigits == isOfDigits)
    }
}
