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
}
