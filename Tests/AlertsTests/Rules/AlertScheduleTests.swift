import Base
import Testing

@testable import Alerts

@Suite struct AlertScheduleTests {
    private func schedule(_ hours: [String], holidays: [String] = []) throws -> AlertSchedule {
        AlertSchedule(
            try hours.map { try #require(AlertSchedule.Hours($0), "\($0)") },
            holidays: try holidays.map { try #require(AlertSchedule.Holiday($0), "\($0)") }
        )
    }

    /// The instant in UTC.
    private func utc(_ year: Int64, _ month: Int64, _ day: Int64, _ hour: Int64, _ minute: Int64 = 0) throws -> Moment {
        let time = try #require(CivilTime(year: year, month: month, day: day, hour: hour, minute: minute))
        return Moment(seconds: time.secondsSince1970)
    }

    // 2026-11-23 is a Monday; Berlin is an hour ahead of UTC in winter.
    @Test(
        arguments: [
            (23, 7, 59, false), (23, 8, 0, true), (23, 16, 59, true), (23, 17, 0, false), (27, 10, 0, true),
            (28, 10, 0, false), (29, 10, 0, false),
        ] as [(Int64, Int64, Int64, Bool)]
    )
    func `hours are those of the clock of the zone, without their end`(
        _ day: Int64,
        _ hour: Int64,
        _ minute: Int64,
        _ isWithin: Bool
    ) throws {
        let schedule = try schedule(["mon-fri 09:00-18:00"])
        let berlin = try ZoneFiles.load("Europe/Berlin")
        #expect(schedule.contains(try utc(2026, 11, day, hour, minute), in: berlin) == isWithin)
    }

    @Test func `in the night that skips an hour, hours follow the clock`() throws {
        // On 2026-03-29 in Berlin 02:00 became 03:00 at 01:00 UTC.
        let berlin = try ZoneFiles.load("Europe/Berlin")
        let skipped = try schedule(["sun 02:00-03:00"])
        for minute in stride(from: Int64(0), to: 180, by: 5) {
            let moment = try utc(2026, 3, 29, 0).adding(seconds: minute * 60)
            #expect(!skipped.contains(moment, in: berlin), "02:00 to 03:00 does not exist")
        }
        let after = try schedule(["sun 03:00-04:00"])
        #expect(!after.contains(try utc(2026, 3, 29, 0, 59), in: berlin))
        #expect(after.contains(try utc(2026, 3, 29, 1), in: berlin))
        #expect(!after.contains(try utc(2026, 3, 29, 2), in: berlin))
    }

    @Test func `in the night that repeats an hour, it counts twice`() throws {
        // On 2026-10-25 in Berlin 03:00 became 02:00 at 01:00 UTC.
        let berlin = try ZoneFiles.load("Europe/Berlin")
        let schedule = try schedule(["sun 02:00-03:00"])
        #expect(!schedule.contains(try utc(2026, 10, 24, 23, 59), in: berlin))
        #expect(schedule.contains(try utc(2026, 10, 25, 0), in: berlin))
        #expect(schedule.contains(try utc(2026, 10, 25, 1, 59), in: berlin))
        #expect(!schedule.contains(try utc(2026, 10, 25, 2), in: berlin))
    }

    @Test func `hours over midnight belong to the day on which they begin`() throws {
        let schedule = try schedule(["fri 22:00-06:00"], holidays: ["2026-11-27"])
        // Friday the 20th works; Friday the 27th is a holiday, and so is its night.
        #expect(schedule.contains(try utc(2026, 11, 20, 22), in: .utc))
        #expect(schedule.contains(try utc(2026, 11, 21, 5, 59), in: .utc))
        #expect(!schedule.contains(try utc(2026, 11, 21, 6), in: .utc))
        #expect(!schedule.contains(try utc(2026, 11, 20, 5), in: .utc))
        #expect(!schedule.contains(try utc(2026, 11, 27, 23), in: .utc))
        #expect(!schedule.contains(try utc(2026, 11, 28, 3), in: .utc))
    }

    @Test func `a holiday of every year is one every year`() throws {
        let schedule = try schedule(["daily 00:00-24:00"], holidays: ["12-25", "02-29"])
        #expect(!schedule.contains(try utc(2026, 12, 25, 12), in: .utc))
        #expect(!schedule.contains(try utc(2031, 12, 25, 12), in: .utc))
        #expect(!schedule.contains(try utc(2028, 2, 29, 12), in: .utc))
        #expect(schedule.contains(try utc(2026, 12, 26, 12), in: .utc))
    }

    @Test func `days wrap around the end of the week`() throws {
        #expect(AlertSchedule.Hours("sat-mon,wed 08:00-09:00")?.days == [5, 6, 0, 2])
        #expect(AlertSchedule.Hours("DAILY 08:00-24:00")?.ends == 1440)
    }

    @Test(arguments: [
        "", "mon", "mon 9:00-10:00", "mon 09:00", "mon 09:00-25:00", "mon 09:00-09:00", "mon- 09:00-10:00",
        "mon,,tue 09:00-10:00", "mon 09:60-10:00", "mon 24:00-10:00", "mon-tue-wed 09:00-10:00",
    ])
    func `a text that is no hours is refused`(_ text: String) { #expect(AlertSchedule.Hours(text) == nil) }

    @Test(arguments: ["", "13-01", "2026-02-29", "2026-2-1", "12/25", "1225"])
    func `a text that is no day is refused`(_ text: String) { #expect(AlertSchedule.Holiday(text) == nil) }
}
