import Base
import CallRecords
import Testing
import TestSupport
import Transform

/// From wall times to instants, with the help of the uniqueid and the lengths.
struct LegClockTests {
    /// A wall time, `2026-11-01 01:30:00`.
    private static func wall(_ text: String) -> RawTime {
        var text = text
        return text.withUTF8 { RawTime(parsing: $0) } ?? .none
    }

    private static func header(
        start: String,
        answer: String? = nil,
        end: String? = nil,
        duration: Int32,
        billsec: Int32
    ) -> CDRHeader {
        var header = CDRHeader()
        header.start = wall(start)
        header.answer = answer.map(wall) ?? .none
        header.end = end.map(wall) ?? .none
        header.duration = duration
        header.billsec = billsec
        return header
    }

    private static let moscow = LegClock(zone: ZoneTable(name: "Europe/Moscow", fixedOffset: 3 * 3600))

    @Test func `all three times as written`() {
        let header = Self.header(
            start: "2026-11-22 15:00:00",
            answer: "2026-11-22 15:00:12",
            end: "2026-11-22 15:01:00",
            duration: 60,
            billsec: 48
        )
        // 12:00:00 UTC is 1795348800.
        #expect(
            Self.moscow.times(header)
                == LegTimes(start: 1_795_348_800, answer: 1_795_348_812, end: 1_795_348_860, isDerived: false)
        )
    }

    @Test func `a table has only the start, the lengths give the rest`() {
        var header = Self.header(start: "2026-11-22 15:00:00", duration: 60, billsec: 48)
        #expect(
            Self.moscow.times(header)
                == LegTimes(start: 1_795_348_800, answer: 1_795_348_812, end: 1_795_348_860, isDerived: true)
        )
        header.disposition = .noAnswer
        #expect(Self.moscow.times(header)?.answer == nil)
    }

    @Test func `an empty answer with an end means that nobody answered`() {
        var header = Self.header(start: "2026-11-22 15:00:00", end: "2026-11-22 15:00:20", duration: 20, billsec: 0)
        header.disposition = .answered
        let times = Self.moscow.times(header)
        #expect(times == LegTimes(start: 1_795_348_800, answer: nil, end: 1_795_348_820, isDerived: false))
    }

    @Test func `without a start there is no leg`() {
        #expect(Self.moscow.times(CDRHeader()) == nil)
    }

    @Test func `an instant needs no zone`() {
        var header = CDRHeader()
        header.start = .instant(1_795_348_800)
        header.duration = 5
        #expect(Self.moscow.times(header)?.start == 1_795_348_800)
    }

    /// 15:01:00 on the next day is a day after the end that the length gives.
    @Test(arguments: [
        ("2026-11-23 15:01:00", Moment(seconds: 1_795_435_260), false),
        ("2026-11-23 15:01:01", Moment(seconds: 1_795_348_860), true),
    ])
    func `an end that is more than a day away from the length is ignored`(written: String, end: Moment, isMended: Bool)
    {
        let header = Self.header(start: "2026-11-22 15:00:00", end: written, duration: 60, billsec: 0)
        let reading = Self.moscow.reading(header)
        #expect(reading?.times.end == end)
        #expect(reading?.isMended == isMended)
    }

    /// Both lengths are rounded, and the database of the PBX may round them in different ways.
    @Test(arguments: [(60, 60), (61, 60), (62, 60), (63, 63)] as [(Int32, Int32)])
    func `talk two seconds longer than the call is rounding, and no more than that`(billsec: Int32, duration: Int32) {
        let header = Self.header(start: "2026-11-22 15:00:00", duration: 60, billsec: billsec)
        #expect(Self.moscow.reading(header)?.duration == duration)
    }
}
