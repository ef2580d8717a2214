public import Base

/// A time as a source wrote it, whether or not it identifies an instant.
public enum RawTime: Hashable, Sendable {
    /// Empty, or MySQL's zero date.
    case none
    /// What the PBX's wall clock showed, as seconds since 1970-01-01 00:00:00 on that clock. The zone is applied later.
    case wall(Int64)
    /// A moment: an epoch, or a text that contains its offset.
    case instant(Moment)
}

extension RawTime {
    /// Reads the forms that CDR backends write:
    ///
    ///     2026-11-22 23:17:09           cdr_csv, cdr_adaptive_odbc, MySQL DATETIME
    ///     2026-11-22 23:17:09.123456    DATETIME(6); the fraction is cut, as Asterisk cuts its own lengths
    ///     2026-11-22T23:17:09+0300      cdr_custom with start(%FT%T%z); also Z, +03, +03:00
    ///     1795389429, 1795389429.123    cdr_custom with start(%s) or epoch mappings
    ///     (nothing), 0000-00-00 …       no time; also 0.000000, as `CDR(answer,u)` writes a call that nobody answered
    ///     23.11.2026 9:00, 2026/11/23 09:00:00, 20261123090000      what spreadsheets and exports make of them
    ///
    /// Returns `nil` for anything else, including days and hours that do not exist, and dates with slashes in which day
    /// and month may be swapped.
    public init?(parsing text: UnsafeBufferPointer<UInt8>) {
        var cursor = ByteCursor(text)
        if cursor.isAtEnd {
            self = .none
            return
        }
        guard text.count >= 19, text[4] == UInt8(ascii: "-") else {
            guard let epoch = cursor.digits(1...12), cursor.skipFraction(), cursor.isAtEnd else {
                guard let civil = ByteCursor(text).spreadsheetTime else { return nil }
                self = .wall(civil.secondsSince1970)
                return
            }
            self = epoch == 0 ? .none : .instant(Moment(seconds: epoch))
            return
        }
        guard let year = cursor.digits(4...4), cursor.skip(UInt8(ascii: "-")),
            let month = cursor.digits(2...2), cursor.skip(UInt8(ascii: "-")), let day = cursor.digits(2...2),
            cursor.skip(UInt8(ascii: " ")) || cursor.skip(UInt8(ascii: "T")),
            let hour = cursor.digits(2...2), cursor.skip(UInt8(ascii: ":")),
            let minute = cursor.digits(2...2), cursor.skip(UInt8(ascii: ":")), let second = cursor.digits(2...2),
            cursor.skipFraction()
        else { return nil }
        if year == 0, month == 0, day == 0 {
            self = .none
            return
        }
        guard let civil = CivilTime(year: year, month: month, day: day, hour: hour, minute: minute, second: second)
        else { return nil }
        if cursor.isAtEnd {
            self = .wall(civil.secondsSince1970)
        } else {
            guard let offset = cursor.utcOffset(), cursor.isAtEnd else { return nil }
            self = .instant(Moment(seconds: civil.secondsSince1970 - offset))
        }
    }
}

extension ByteCursor {
    /// A date as day, month and year separated by dots, or as year, month and day, and a time with or without seconds.
    fileprivate var spreadsheetTime: CivilTime? {
        var cursor = self
        guard let first = cursor.digits(1...4) else { return nil }
        var (year, month, day) = (first, Int64(0), Int64(0))
        if let separator = [UInt8(ascii: "-"), UInt8(ascii: "/"), UInt8(ascii: ".")].first(where: { cursor.skip($0) }) {
            guard let second = cursor.digits(1...2), cursor.skip(separator), let third = cursor.digits(1...4) else {
                return nil
            }
            (month, day) = (second, third)
            if year < 100 {
                guard separator == UInt8(ascii: "."), third > 1000 else { return nil }
                (year, day) = (third, first)
            }
        } else {
            guard let rest = cursor.digits(4...4) else { return nil }
            (month, day) = (rest / 100, rest % 100)
        }
        let isCompact = !cursor.skip(UInt8(ascii: " ")) && !cursor.skip(UInt8(ascii: "T"))
        guard year > 1000, let hour = cursor.digits(isCompact ? 2...2 : 1...2),
            isCompact || cursor.skip(UInt8(ascii: ":")),
            let minute = cursor.digits(2...2)
        else { return nil }
        var second: Int64 = 0
        if !cursor.isAtEnd {
            guard isCompact || cursor.skip(UInt8(ascii: ":")), let digits = cursor.digits(2...2), cursor.skipFraction(),
                cursor.isAtEnd
            else { return nil }
            second = digits
        }
        return CivilTime(year: year, month: month, day: day, hour: hour, minute: minute, second: second)
    }

    /// Skips `.123`; also true if there is no fraction.
    mutating func skipFraction() -> Bool {
        guard skip(UInt8(ascii: ".")) else { return true }
        return digits(1...9) != nil
    }

    /// `Z`, `+03`, `+0300`, `-03:30`, in seconds.
    mutating func utcOffset() -> Int64? {
        if skip(UInt8(ascii: "Z")) { return 0 }
        let sign: Int64
        if skip(UInt8(ascii: "+")) { sign = 1 } else if skip(UInt8(ascii: "-")) { sign = -1 } else { return nil }
        guard let hours = digits(2...2), hours <= 14 else { return nil }
        _ = skip(UInt8(ascii: ":"))
        let minutes = isAtEnd ? 0 : digits(2...2) ?? 60
        return minutes < 60 ? sign * (hours * 3600 + minutes * 60) : nil
    }
}
