public import Base

/// A moment as a zone's clock shows it, with the offset from UTC in force at that time.
public struct LocalMoment: Sendable, Hashable {
    /// The local day since 1970-01-01.
    let day: Int
    /// Seconds since the local midnight.
    let secondOfDay: Int
    /// Seconds east of UTC.
    let offset: Int

    /// Seconds since 1970-01-01 00:00 UTC.
    public var epoch: Int { day * 86_400 + secondOfDay - offset }

    /// Reads PostgreSQL's text for a timestamptz in DateStyle ISO: `2026-11-16 09:30:00[.5]+01[:00[:00]]`.
    init?(_ text: some StringProtocol) {
        let bytes = Array(text.utf8)
        guard bytes.count >= 20, bytes[10] == UInt8(ascii: " "), let day = CalendarDay(text.prefix(10)),
            let hour = Int(text.dropFirst(11).prefix(2)), let minute = Int(text.dropFirst(14).prefix(2)),
            let second = Int(text.dropFirst(17).prefix(2)),
            let sign = bytes[19...].firstIndex(where: { $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: "-") })
        else { return nil }
        let parts = bytes[(sign + 1)...].split(separator: UInt8(ascii: ":")).map {
            Int(String(decoding: $0, as: UTF8.self)) ?? 0
        }
        let east = zip(parts, [3600, 60, 1]).reduce(0) { $0 + $1.0 * $1.1 }
        self.day = day.daysSinceEpoch
        secondOfDay = hour * 3600 + minute * 60 + second
        offset = bytes[sign] == UInt8(ascii: "-") ? -east : east
    }

    /// The moment in UTC.
    init(epoch: Int) {
        day = epoch.dividedFlooring(by: 86_400)
        secondOfDay = epoch - day * 86_400
        offset = 0
    }

    /// A moment as the clocks of a zone show it.
    public init(_ moment: Moment, in zone: ZoneTable) {
        let (second, offset) = (moment.wholeSeconds, zone.offset(at: moment.wholeSeconds))
        day = Int(second + offset).dividedFlooring(by: 86_400)
        secondOfDay = Int(second + offset) - day * 86_400
        self.offset = Int(offset)
    }

    /// The local day.
    var date: CalendarDay { CalendarDay(daysSinceEpoch: day) }
    /// `HH:MM:SS`.
    var time: String {
        [secondOfDay / 3600, secondOfDay / 60 % 60, secondOfDay % 60].map { $0.padded(2) }.joined(separator: ":")
    }
    /// `HH:MM`.
    var minutes: String { String(time.prefix(5)) }
    /// The date in the form of the language of the task, and the time to the minute: `2026-11-16 09:30`.
    package var shown: String { "\(Words.date(date)) \(minutes)" }
}

extension LocalMoment: CustomStringConvertible {
    /// ISO 8601 with the offset: `2026-11-16T09:30:00+01:00`.
    public var description: String {
        CivilTime(secondsSince1970: Int64(day * 86_400 + secondOfDay)).iso8601(offset: Int64(offset))
    }
}
