/// A time as a user writes it for `--from` and `--to`: a time on the clock of the zone in use, or a moment with its offset.
///
///     2026-11-16                     midnight, the beginning of the day
///     2026-11-16 09:30               also 2026-11-16T09:30, with or without :SS
///     2026-11-16T09:30:00Z           UTC
///     2026-11-16T09:30+01:00         an offset from UTC: ±HH, ±HHMM or ±HH:MM
///
/// Every command that takes a window reads its ends with this type.
public struct WrittenTime: Sendable, Hashable {
    /// The meaning of a written time.
    public enum Meaning: Sendable, Hashable {
        /// What a clock shows, in seconds since 1970-01-01 00:00:00 on that clock.
        case wall(Int64)
        /// Seconds since 1970-01-01 00:00:00 UTC.
        case instant(Int64)
    }

    /// The text as written. It was checked, and PostgreSQL can read it too.
    public let text: String
    /// The meaning of the text.
    public let meaning: Meaning

    /// The accepted forms, for messages.
    public static let form = "2026-11-22, 2026-11-22T14:30 or 2026-11-22T14:30:00+01:00"

    /// Whether the text contains its offset, so that no zone is needed.
    public var hasOffset: Bool { if case .instant = meaning { true } else { false } }

    /// Reads a time; `nil` for any other text, and for a day or an hour that does not exist.
    public init?(_ text: String) {
        var rest = text.utf8[...]
        guard let year = rest.takeDigits(4), rest.take("-"), let month = rest.takeDigits(2), rest.take("-"),
            let day = rest.takeDigits(2), year >= 1970
        else { return nil }
        var time: (hour: Int64, minute: Int64, second: Int64) = (0, 0, 0)
        var offset: Int64?
        if !rest.isEmpty {
            guard rest.take("T") || rest.take(" "), let hour = rest.takeDigits(2), rest.take(":"),
                let minute = rest.takeDigits(2)
            else { return nil }
            (time.hour, time.minute) = (hour, minute)
            if rest.take(":") {
                guard let second = rest.takeDigits(2), second < 60 else { return nil }
                time.second = second
            }
            if !rest.isEmpty {
                guard let east = rest.takeOffset(), rest.isEmpty else { return nil }
                offset = east
            }
        }
        guard
            let civil = CivilTime(
                year: year,
                month: month,
                day: day,
                hour: time.hour,
                minute: time.minute,
                second: time.second
            )
        else { return nil }
        self.text = text
        meaning = offset.map { .instant(civil.secondsSince1970 - $0) } ?? .wall(civil.secondsSince1970)
    }

    /// A moment, cut to the second.
    public init(_ moment: Moment) {
        text = moment.iso8601
        meaning = .instant(moment.wholeSeconds)
    }

    /// Midnight on a day.
    public init(_ day: CalendarDay) {
        text = day.description
        meaning = .wall(Int64(day.daysSinceEpoch) * 86_400)
    }
}

extension Substring.UTF8View {
    /// Takes this many ASCII digits as a number.
    fileprivate mutating func takeDigits(_ count: Int) -> Int64? {
        let digits = prefix(count)
        guard digits.count == count, digits.allSatisfy({ 48...57 ~= $0 }) else { return nil }
        self = dropFirst(count)
        return digits.reduce(0) { $0 * 10 + Int64($1 - 48) }
    }

    /// Takes this character if it is next.
    fileprivate mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard first == UInt8(ascii: character) else { return false }
        self = dropFirst()
        return true
    }

    /// Takes `Z`, `±HH`, `±HHMM` or `±HH:MM`, in seconds east of UTC. Clocks on Earth differ from UTC by at most 14
    /// hours; PostgreSQL accepts up to 15.
    fileprivate mutating func takeOffset() -> Int64? {
        if take("Z") { return 0 }
        let sign: Int64
        if take("+") { sign = 1 } else if take("-") { sign = -1 } else { return nil }
        guard let hours = takeDigits(2), hours <= 15 else { return nil }
        if isEmpty { return sign * hours * 3600 }
        _ = take(":")
        guard let minutes = takeDigits(2), minutes < 60 else { return nil }
        return sign * (hours * 3600 + minutes * 60)
    }
}
