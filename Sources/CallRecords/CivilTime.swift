/// A date and a time of day in the proleptic Gregorian calendar, of no zone.
public struct CivilTime: Hashable, Sendable {
    /// By the Gregorian calendar, before 1582 too.
    public var year: Int64
    /// 1…12
    public var month: Int64
    /// 1…31, never more than the month has.
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

    /// The civil time so many seconds after 1970-01-01 00:00:00.
    ///
    /// Howard Hinnant, *chrono-Compatible Low-Level Date Algorithms*, `civil_from_days`.
    public init(secondsSince1970 seconds: Int64) {
        let days = seconds.flooredDivision(by: 86_400)
        let time = seconds - days * 86_400
        let shifted = days + 719_468
        let era = shifted.flooredDivision(by: 146_097)
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        hour = time / 3600
        minute = time % 3600 / 60
        second = time % 60
    }

    /// Seconds since 1970-01-01 00:00:00 of the same wall. Hinnant, `days_from_civil`.
    public var secondsSince1970: Int64 {
        let shiftedYear = month <= 2 ? year - 1 : year
        let era = shiftedYear.flooredDivision(by: 400)
        let yearOfEra = shiftedYear - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return (era * 146_097 + dayOfEra - 719_468) * 86_400 + hour * 3600 + minute * 60 + second
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
    public var isoWeekday: Int64 {
        let days = secondsSince1970.flooredDivision(by: 86_400)
        return (days + 3) - (days + 3).flooredDivision(by: 7) * 7 + 1
    }
}

extension CivilTime: CustomStringConvertible {
    /// `2026-11-22 23:17:09`
    public var description: String {
        func padded(_ value: Int64, _ width: Int) -> String {
            let digits = String(value)
            return String(repeating: "0", count: max(0, width - digits.count)) + digits
        }
        return "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))"
            + " \(padded(hour, 2)):\(padded(minute, 2)):\(padded(second, 2))"
    }
}

extension Int64 {
    /// Division that rounds down also below zero.
    func flooredDivision(by divisor: Int64) -> Int64 {
        let quotient = self / divisor
        return self % divisor < 0 ? quotient - 1 : quotient
    }
}
