import Base
import Testing

@Suite struct WrittenTimeTests {
    /// 2026-11-22 00:00:00 UTC is 1_795_305_600: 20,779 days of 86,400 s.
    @Test(arguments: [
        ("2026-11-22", WrittenTime.Meaning.wall(1_795_305_600)),
        ("2026-11-22 14:30", .wall(1_795_357_800)),
        ("2026-11-22T14:30", .wall(1_795_357_800)),
        ("2026-11-22T14:30:09", .wall(1_795_357_809)),
        ("2026-11-22T14:30:09Z", .instant(1_795_357_809)),
        ("2026-11-22 14:30+03", .instant(1_795_347_000)),
        ("2026-11-22T14:30:00+0300", .instant(1_795_347_000)),
        ("2026-11-22T14:30:00-03:30", .instant(1_795_370_400)),
        ("2024-02-29", .wall(1_709_164_800)),
    ])
    func `a time is a wall time, or a moment if it has an offset`(text: String, meaning: WrittenTime.Meaning) throws {
        let time = try #require(WrittenTime(text))
        #expect(time.meaning == meaning)
        #expect(time.text == text)
    }

    @Test func `a moment is written in UTC, and read as the same moment`() {
        let time = WrittenTime(Moment(microseconds: 1_795_357_809_999_999))
        #expect(time.text == "2026-11-22T14:30:09Z")
        #expect(time.meaning == .instant(1_795_357_809))
        #expect(WrittenTime(time.text) == time)
    }

    @Test(arguments: [
        "", "now", "infinity", "22.11.2026", "2026-11-31", "2026-02-29", "2026-13-01", "1969-12-31", "2026-11-22T",
        "2026-11-22T9:30", "2026-11-22T24:00", "2026-11-22T09:60", "2026-11-22T09:30:60", "2026-11-22Z",
        "2026-11-22+01", "2026-11-22T09:30+1", "2026-11-22T09:30+01:60", "2026-11-22T09:30+16", "2026-11-22T09:30:00 x",
        "2026-11-22t09:30", "２０２６-11-22", "2026-11-22T09:30:00.5",
    ])
    func `any other text is refused`(text: String) {
        #expect(WrittenTime(text) == nil)
    }
}
