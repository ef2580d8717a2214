import Base
import Testing

@Suite struct NagiosRangeTests {
    @Test(arguments: ["", "~", "a", "20:10", "@", "1:2:3", "nan", "10 ", "10:x", "inf"])
    func `any other text is not a range`(text: String) {
        #expect(NagiosRange(text) == nil)
    }

    @Test func `a colon alone is every number that is not negative`() throws {
        let range = try #require(NagiosRange(":"))
        #expect(range.alarms(-1))
        #expect(!range.alarms(0))
        #expect(!range.alarms(1e300))
    }

    /// The table of the Monitoring Plugins' guidelines, with values at and beside each end.
    @Test(
        arguments: [
            ("10", [-0.1: true, 0: false, 10: false, 10.1: true]),
            ("10:", [9.9: true, 10: false, 1e300: false]),
            ("~:10", [-1e300: false, 10: false, 10.1: true]),
            ("10:20", [9.9: true, 10: false, 20: false, 20.1: true]),
            ("@10:20", [9.9: false, 10: true, 20: true, 20.1: false]),
        ] as [(String, [Double: Bool])]
    )
    func `an end belongs to its range, and an alarm is outside, or inside after an at sign`(
        text: String,
        values: [Double: Bool]
    ) throws {
        let range = try #require(NagiosRange(text))
        for (value, isAlarm) in values { #expect(range.alarms(value) == isAlarm, "\(value)") }
    }
}
