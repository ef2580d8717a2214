import Base
import Reporting

/// Moments in a readable form.
enum LocalTime {
    /// `2026-11-22 23:17:03`; in languages with a form of their own for days, `22.11.2026 23:17:03`.
    static func text(_ instant: Moment, _ zone: ZoneTable) -> String {
        text(local(instant, zone))
    }

    /// The same in UTC.
    static func utc(_ instant: Moment) -> String { text(instant, .utc) }

    /// The same for a moment of a report.
    static func text(_ moment: LocalMoment) -> String {
        let written = moment.description
        guard let day = CalendarDay(written.prefix(10)) else { return written }
        return "\(DayText.of(day)) \(written.dropFirst(11).prefix(8))"
    }

    private static func text(_ time: CivilTime) -> String { "\(DayText.of(time.date)) \(clock(time))" }

    /// `23:17:03`.
    static func clock(_ instant: Moment, _ zone: ZoneTable) -> String {
        clock(local(instant, zone))
    }

    /// What a clock in the zone shows, within the years of four digits.
    private static func local(_ instant: Moment, _ zone: ZoneTable) -> CivilTime {
        let seconds = min(max(instant.wholeSeconds, -62_135_596_800), 253_402_200_000)
        return CivilTime(secondsSince1970: zone.wall(at: seconds))
    }

    private static func clock(_ time: CivilTime) -> String {
        "\(time.hour.padded(2)):\(time.minute.padded(2)):\(time.second.padded(2))"
    }

    /// Whether a text is a moment with its offset from UTC.
    static func isMoment(_ text: String) -> Bool {
        if case .instant? = WrittenTime(text)?.meaning { true } else { false }
    }
}
