/// A date and a time of day in the proleptic Gregorian calendar, without a time zone.
public struct CivilTime: Hashable, Sendable {
    /// By the Gregorian calendar, before 1582 too.
    public var year: Int64
    /// 1…12
    public var month: Int64
    /// 1…31, never more than the month has days.
    public var day: Int64
    /// 0…23
    public var hour: Int64
    /// 0…59
    public var minute: Int64
    /// 0…59; a leap second is read as :59.
    public var second: Int64

    /// `nil` for a date or time that does not exist.
    public init?(year: Int64, month: Int64, day: Int64, hour: Int64 = 0, minute: Int64 = 0, second: Int64 = 0) {
        guard 1...12 ~= month, 1...Self.days(inMonth: month, of: year) ~= day, 0...23 ~= hour, 0...59 ~= minute,
            0...60 ~= second
        else { return nil }
        (self.year, self.month, self.day) = (year, month, day)
        (self.hour, self.minute, self.second) = (hour, minute, min(second, 59))
    }

    /// The civil time this many seconds after 1970-01-01 00:00:00.
    public init(secondsSince1970 seconds: Int64) {
        let days = seconds.dividedFlooring(by: 86_400)
        let time = seconds - days * 86_400
        let date = CalendarDay(daysSinceEpoch: Int(days))
        (year, month, day) = (Int64(date.year), Int64(date.month), Int64(date.day))
        hour = time / 3600
        minute = time % 3600 / 60
        second = time % 60
    }

    /// The date.
    public var date: CalendarDay { CalendarDay(year: Int(year), month: Int(month), day: Int(day)) }

    /// Seconds since 1970-01-01 00:00:00 on the same clock.
    public var secondsSince1970: Int64 {
        Int64(date.daysSinceEpoch) * 86_400 + hour * 3600 + minute * 60 + second
    }

    /// 28…31
    public static func days(inMonth month: Int64, of year: Int64) -> Int64 {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    /// Monday 1 … Sunday 7, as ISO 8601 counts.
    public var isoWeekday: Int64 { Int64(date.weekday) + 1 }
}

extension CivilTime: CustomStringConvertible {
    /// `2026-11-22 23:17:09`
    public var description: String { Self.string { write(" ", to: &$0) } }
}

extension CivilTime {
    /// ISO 8601 with an offset from UTC, given in seconds and truncated to minutes: `2026-11-22T23:17:09+03:00`.
    public func iso8601(offset: Int64) -> String {
        Self.string { writeISO8601(offset: offset, to: &$0) }
    }

    /// Appends the same text.
    public func writeISO8601(offset: Int64, to text: inout [UInt8]) {
        let minutes = offset.magnitude / 60
        write("T", to: &text)
        text.append(minutes / 60, after: offset < 0 ? "-" : "+")
        text.append(minutes % 60, after: ":")
    }

    /// ISO 8601 of a time in UTC: `2026-11-22T20:17:09Z`.
    public var iso8601: String {
        Self.string { text in
            write("T", to: &text)
            text.append(UInt8(ascii: "Z"))
        }
    }

    /// Appends the date, a mark and the time of day.
    private func write(_ mark: Unicode.Scalar, to text: inout [UInt8]) {
        text.append(contentsOf: year.padded(4).utf8)
        text.append(month, after: "-")
        text.append(day, after: "-")
        text.append(hour, after: mark)
        text.append(minute, after: ":")
        text.append(second, after: ":")
    }

    private static func string(_ write: (inout [UInt8]) -> Void) -> String {
        var text: [UInt8] = []
        text.reserveCapacity(25)
        write(&text)
        return String(decoding: text, as: UTF8.self)
    }
}

extension [UInt8] {
    /// Appends a mark and a number of at least two digits.
    fileprivate mutating func append(_ number: some BinaryInteger, after mark: Unicode.Scalar) {
        append(UInt8(ascii: mark))
        guard 0...99 ~= number else { return append(contentsOf: number.padded(2).utf8) }
        append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number / 10))
        append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number % 10))
    }
}
