import Base
import Testing

@Suite struct NagiosRangeTests {
    @Test(arguments: ["", "~", "a", "20:10", "@", "1:2:3", "nan", "10 ", "10:x", "inf"])
    func `any other text is no range`(text: String) {
        #expect(NagiosRange(text) == nil)
    }

    @Test func `a colon alone is every number that is not negative`() throws {
        let range = try #require(NagiosRange(":"))
        #expect(range.alarms(-1))
        #expect(!range.alarms(0))
        #expect(!range.alarms(1e300))
    }
}
