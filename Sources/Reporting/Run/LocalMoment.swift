public import Base

/// A moment as a zone's clock shows it, with the offset from UTC in force at that time.
public struct LocalMoment: Sendable, Hashable {
    // Twelve bytes: a report may have millions of these.
    private let days: Int32
    private let seconds: Int32
    private let eastward: Int32

    /// The local day since 1970-01-01.
    var day: Int { Int(days) }
    /// Seconds since the local midnight.
    var secondOfDay: Int { Int(seconds) }
    /// Seconds east of UTC.
    var offset: Int { Int(eastward) }

    /// Seconds since 1970-01-01 00:00 UTC.
    public var epoch: Int { day * 86_400 + secondOfDay - offset }

    /// Days beyond five million years are those of the last year that fits.
    private init(day: Int, secondOfDay: Int, offset: Int) {
        days = Int32(clamping: day)
        seconds = Int32(clamping: secondOfDay)
        eastward = Int32(clamping: offset)
    }

    /// Reads PostgreSQL's text for a timestamptz in DateStyle ISO: `2026-11-16 09:30:00[.5]+01[:00[:00]]`.
    init?(_ text: String) {
        var text = text
        guard let moment = text.withUTF8({ LocalMoment(UnsafeRawBufferPointer($0)) }) else { return nil }
        self = moment
    }

    /// The same, from the server's bytes.
    init?(_ text: UnsafeRawBufferPointer) {
        guard text.count >= 20, text[4] == UInt8(ascii: "-"), text[7] == UInt8(ascii: "-"),
            text[10] == UInt8(ascii: " "), text[13] == UInt8(ascii: ":"), text[16] == UInt8(ascii: ":"),
            let century = Self.number(text, at: 0), let year = Self.number(text, at: 2),
            let month = Self.number(text, at: 5), let day = Self.number(text, at: 8),
            let hour = Self.number(text, at: 11), let minute = Self.number(text, at: 14),
            let second = Self.number(text, at: 17), let offset = Self.offset(text)
        else { return nil }
        self.init(
            day: CalendarDay(year: century * 100 + year, month: month, day: day).daysSinceEpoch,
            secondOfDay: hour * 3600 + minute * 60 + second,
            offset: offset
        )
    }

    /// What follows the seconds and their decimals.
    private static func offset(_ text: UnsafeRawBufferPointer) -> Int? {
        guard let sign = text[19...].firstIndex(where: { $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: "-") }) else {
            return nil
        }
        var (offset, unit, place) = (0, 3600, sign + 1)
        repeat {
            guard unit > 0, let number = number(text, at: place) else { return nil }
            offset += number * unit
            (unit, place) = (unit / 60, place + 3)
        } while place <= text.count && text[place - 1] == UInt8(ascii: ":")
        guard place == text.count + 1 else { return nil }
        return text[sign] == UInt8(ascii: "-") ? -offset : offset
    }

    /// Two digits.
    private static func number(_ text: UnsafeRawBufferPointer, at place: Int) -> Int? {
        guard place + 2 <= text.count, text[place].isDigit, text[place + 1].isDigit else { return nil }
        return Int(text[place] - UInt8(ascii: "0")) * 10 + Int(text[place + 1] - UInt8(ascii: "0"))
    }

    /// The moment in UTC.
    init(epoch: Int) {
        let day = epoch.dividedFlooring(by: 86_400)
        self.init(day: day, secondOfDay: epoch - day * 86_400, offset: 0)
    }

    /// A moment as the clocks of a zone show it.
    public init(_ moment: Moment, in zone: ZoneTable) {
        let (second, offset) = (moment.wholeSeconds, zone.offset(at: moment.wholeSeconds))
        let day = Int(second + offset).dividedFlooring(by: 86_400)
        self.init(day: day, secondOfDay: Int(second + offset) - day * 86_400, offset: Int(offset))
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
    public var description: String { civil.iso8601(offset: Int64(offset)) }

    /// Appends the same text.
    func write(to text: inout [UInt8]) { civil.writeISO8601(offset: Int64(offset), to: &text) }

    private var civil: CivilTime { CivilTime(secondsSince1970: Int64(day * 86_400 + secondOfDay)) }
}
