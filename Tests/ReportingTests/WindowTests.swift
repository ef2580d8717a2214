import Base
import Testing

@testable import Reporting

@Suite("Times as users write them")
struct WindowTests {
    @Test(
        "ISO weeks begin on their Monday",
        arguments: [
            ("2026-W47", "2026-11-16"), ("2026-W01", "2025-12-29"), ("2026-W53", "2026-12-28"),
            ("2025W1", "2024-12-30"),
            ("2020-w53", "2020-12-28"), ("2027-W1", "2027-01-04"),
        ]
    )
    func week(_ text: String, _ monday: String) throws {
        #expect(try #require(ISOWeek(text)).monday.description == monday)
    }

    @Test(
        "text that is not a week",
        arguments: ["2025-W53", "2026-W00", "2026-W54", "2026-47", "W47", "26-W47", "2026-W4x", "2026-W-1", ""]
    )
    func noWeek(_ text: String) {
        #expect(ISOWeek(text) == nil)
    }

    @Test(
        "local times and moments",
        arguments: [
            ("2026-11-16", false), ("2026-11-16T09:30", false), ("2026-11-16 09:30:59", false),
            ("2026-11-16T09:30:00Z", true), ("2026-11-16T09:30:00+01:00", true), ("2026-11-16T09:30-0330", true),
            ("2024-02-29", false),
        ]
    )
    func time(_ text: String, _ hasOffset: Bool) throws {
        #expect(try #require(WrittenTime(text)).hasOffset == hasOffset)
    }

    @Test(
        "text that is not a time",
        arguments: [
            "2026-11-31", "2026-02-29", "2026-13-01", "16.11.2026", "2026-11-16T24:00", "2026-11-16T09:60",
            "2026-11-16T9:30",
            "2026-11-16Z", "2026-11-16T09:30:00+1", "2026-11-16 09:30:00 x", "infinity", "now", "",
        ]
    )
    func noTime(_ text: String) {
        #expect(WrittenTime(text) == nil)
    }

    @Test("days are counted back and forth", arguments: [-719_468, -1, 0, 59, 11_016, 20_773, 2_932_896])
    func days(_ number: Int) {
        #expect(CalendarDay(daysSinceEpoch: number).daysSinceEpoch == number)
    }

    @Test(
        "a moment as PostgreSQL prints it",
        arguments: [
            ("2026-11-16 09:30:00+01", "2026-11-16T09:30:00+01:00", 1_794_817_800),
            ("2026-11-16 09:30:00.25+05:30", "2026-11-16T09:30:00+05:30", 1_794_801_600),
            ("2026-11-16 09:30:00-03:30", "2026-11-16T09:30:00-03:30", 1_794_834_000),
            // Local mean time, before there were zones: Amsterdam was 19 min 32 s ahead.
            ("2026-11-16 09:30:00.123456+00:19:32", "2026-11-16T09:30:00+00:19", 1_794_820_228),
            ("1970-01-01 00:00:00+00", "1970-01-01T00:00:00+00:00", 0),
        ]
    )
    func moment(_ text: String, _ iso: String, _ epoch: Int) throws {
        let moment = try #require(LocalMoment(text))
        #expect(moment.description == iso)
        #expect(moment.epoch == epoch)
    }

    @Test(
        "text that is not a moment",
        arguments: [
            "infinity", "2026-11-16", "", "2026-11-16 09:30:00", "2026-11-16 09:30:00+", "2026-11-16 09:30:00+1",
            "2026-11-16 09:30:00+01:", "2026-11-16 09:30:00+01:00:00:00", "2026-11-16 09:30:00+01 BC",
            "12026-11-16 09:30:00+01", "2026-11-16 09:3x:00+01", "2026-11-16T09:30:00+01", "2026-1 -16 09:30:00+01",
        ]
    )
    func noMoment(_ text: String) {
        #expect(LocalMoment(text) == nil)
    }
}
