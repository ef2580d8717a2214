import Base
import Glibc
import Testing
import TestSupport

struct CivilTimeTests {
    /// A thousand instants for each seed, from the year -2000 to 9000: glibc computes them by another method.
    @Test(arguments: 1...20 as ClosedRange<UInt64>) func `the same as in glibc`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<1000 {
            var seconds: time_t = Int.random(in: -125_000_000_000...222_000_000_000, using: &random)
            var expected = tm()
            gmtime_r(&seconds, &expected)
            let civil = CivilTime(secondsSince1970: Int64(seconds))
            let fields = [civil.year, civil.month, civil.day, civil.hour, civil.minute, civil.second]
            let theirs = [
                expected.tm_year + 1900, expected.tm_mon + 1, expected.tm_mday, expected.tm_hour, expected.tm_min,
                expected.tm_sec,
            ]
            try #require(fields == theirs.map(Int64.init), "\(seconds)")
            try #require(civil.isoWeekday == Int64(expected.tm_wday == 0 ? 7 : expected.tm_wday), "\(seconds)")
            try #require(civil.secondsSince1970 == Int64(timegm(&expected)), "\(seconds)")
        }
    }

    @Test(
        arguments: [
            (2023, 2, 29, 0, 0, 0), (1900, 2, 29, 0, 0, 0), (2026, 4, 31, 0, 0, 0), (2026, 0, 1, 0, 0, 0),
            (2026, 13, 1, 0, 0, 0), (2026, 1, 0, 0, 0, 0), (2026, 1, 1, 24, 0, 0), (2026, 1, 1, 0, 60, 0),
            (2026, 1, 1, 0, 0, 61), (2026, 1, 1, -1, 0, 0),
        ] as [(Int64, Int64, Int64, Int64, Int64, Int64)]
    )
    func `impossible days and hours`(_ time: (Int64, Int64, Int64, Int64, Int64, Int64)) {
        #expect(
            CivilTime(year: time.0, month: time.1, day: time.2, hour: time.3, minute: time.4, second: time.5) == nil
        )
    }

    @Test func `possible days and hours`() {
        #expect(CivilTime(year: 2000, month: 2, day: 29)?.secondsSince1970 == 951_782_400)
        #expect(CivilTime(year: 2024, month: 2, day: 29)?.description == "2024-02-29 00:00:00")
        #expect(CivilTime(year: 2016, month: 12, day: 31, hour: 23, minute: 59, second: 60)?.second == 59)
        #expect(CivilTime(year: 33, month: 4, day: 3)?.description == "0033-04-03 00:00:00")
    }
}
