import Base
import Testing

@Suite struct MomentTests {
    @Test(arguments: [
        (0 as Int64, 0 as Int64), (1, 0), (999_999, 0), (1_000_000, 1), (-1, -1), (-1_000_000, -1), (-1_000_001, -2),
        (.max, 9_223_372_036_854), (.min, -9_223_372_036_855),
    ])
    func `Whole seconds are rounded down`(microseconds: Int64, seconds: Int64) {
        #expect(Moment(microseconds: microseconds).wholeSeconds == seconds)
    }

    @Test func `Seconds and differences outside the range are the nearest that fits`() {
        #expect(Moment(seconds: .max) == .distantFuture)
        #expect(Moment(seconds: .min) == .distantPast)
        #expect(Moment.distantFuture.adding(seconds: 1) == .distantFuture)
        #expect(Moment.distantPast.adding(seconds: -1) == .distantPast)
        #expect(Moment.distantFuture.seconds(since: .distantPast) == 18_446_744_073_709)
    }

    @Test func `The seconds between two moments are counted from the earlier`() {
        let noon = Moment(seconds: 1_795_348_800)
        #expect(noon.adding(seconds: 90).seconds(since: noon) == 90)
        #expect(noon.seconds(since: noon.adding(seconds: 90)) == -90)
        #expect(noon.adding(seconds: -1) < noon)
    }

    @Test func `a span later and the same span earlier is the same moment`() {
        let noon = Moment(seconds: 1_795_348_800)
        #expect((noon + .milliseconds(1500)).microseconds == 1_795_348_801_500_000)
        #expect(noon + .milliseconds(1500) - .milliseconds(1500) == noon)
        #expect((noon + .milliseconds(1500)) - noon == .milliseconds(1500))
        #expect(Moment.distantFuture + .seconds(1) == .distantFuture)
        #expect(Moment.distantPast - .seconds(1) == .distantPast)
        #expect(noon + .seconds(Int64.max) == .distantFuture)
    }

    @Test(arguments: [(0, 0), (1.5, 1_500_000), (-0.25, -250_000), (1_700_000_000.123456, 1_700_000_000_123_456)])
    func `seconds with a fraction are moments to the microsecond`(_ seconds: Double, _ microseconds: Int64) {
        #expect(Moment(secondsSince1970: seconds)?.microseconds == microseconds)
    }

    @Test(arguments: [Double.nan, .infinity, -.infinity, 1e300, 253_402_300_800])
    func `an impossible date is not a moment`(_ seconds: Double) { #expect(Moment(secondsSince1970: seconds) == nil) }

    @Test func `a moment is written in UTC, even beyond the calendar`() {
        #expect(Moment(microseconds: 1_795_348_800_999_999).iso8601 == "2026-11-22T12:00:00Z")
        #expect("\(Moment(seconds: 0).day)" == "1970-01-01")
        #expect(Moment.distantFuture.iso8601 == "9999-12-31T23:59:59Z")
        #expect(Moment.distantPast.iso8601 == "0001-01-01T00:00:00Z")
    }
}
