/// The rule in the footer of a TZif file, `CET-1CEST,M3.5.0,M10.5.0/3` (POSIX.1, `TZ`; RFC 8536, section 3.3.1).
struct PosixZoneRule: Hashable, Sendable {
    /// Seconds east of UTC.
    var standardOffset: Int64
    /// `nil` if the zone has no summer time.
    var summer: Summer?

    struct Summer: Hashable, Sendable {
        var offset: Int64
        var start: Change
        var end: Change
    }

    /// A day of every year and a time on that day, on the clock as it runs before the change.
    struct Change: Hashable, Sendable {
        enum Day: Hashable, Sendable {
            /// `Mm.w.d`: the w-th (5: last) weekday d (0: Sunday) of month m.
            case weekday(month: Int64, week: Int64, day: Int64)
            /// `Jn`: 1…365, February 29 is never counted.
            case julian(Int64)
            /// `n`: 0…365, February 29 is counted.
            case ordinal(Int64)
        }
        var day: Day
        /// Seconds from midnight, from -167 to 167 hours.
        var time: Int64
    }

    func offset(at instant: Int64) -> Int64 {
        guard let summer else { return standardOffset }
        let year = CivilTime(secondsSince1970: instant + standardOffset).year
        let start = summer.start.seconds(in: year) - standardOffset
        let end = summer.end.seconds(in: year) - summer.offset
        // In the southern hemisphere, summer spans New Year.
        let isSummer = start < end ? start <= instant && instant < end : instant < end || start <= instant
        return isSummer ? summer.offset : standardOffset
    }
}

extension PosixZoneRule.Change {
    /// The change in that year, in seconds since 1970 on the wall clock.
    func seconds(in year: Int64) -> Int64 {
        func midnight(_ month: Int64, _ day: Int64) -> Int64 {
            (CivilTime(year: year, month: month, day: day)?.secondsSince1970 ?? 0)
        }
        switch day {
        case .weekday(let month, let week, let weekday):
            let length = CivilTime.days(inMonth: month, of: year)
            let firstWeekday = (CivilTime(year: year, month: month, day: 1)?.isoWeekday ?? 0) % 7
            var date = 1 + (weekday - firstWeekday + 7) % 7 + (week - 1) * 7
            while date > length { date -= 7 }
            return midnight(month, date) + time
        case .julian(let number):
            let leap = CivilTime.days(inMonth: 2, of: year) == 29 && number >= 60
            return midnight(1, 1) + (number - 1 + (leap ? 1 : 0)) * 86_400 + time
        case .ordinal(let number):
            return midnight(1, 1) + number * 86_400 + time
        }
    }
}

extension PosixZoneRule {
    init?(_ text: String) {
        var text = text[...]
        guard text.skipZoneName(), let standard = text.takeTime() else { return nil }
        standardOffset = -standard
        if text.isEmpty { return }
        guard text.skipZoneName() else { return nil }
        var offset = standardOffset + 3600
        if let first = text.first, first != "," {
            guard let explicit = text.takeTime() else { return nil }
            offset = -explicit
        }
        guard let start = text.takeChange(), let end = text.takeChange(), text.isEmpty else { return nil }
        summer = Summer(offset: offset, start: start, end: end)
    }
}

extension Substring {
    /// `CET`, `<+03>`
    fileprivate mutating func skipZoneName() -> Bool {
        if first == "<" {
            guard let end = firstIndex(of: ">") else { return false }
            self = self[index(after: end)...]
            return true
        }
        let letters = prefix { $0.isLetter }
        self = dropFirst(letters.count)
        return letters.count >= 3
    }

    fileprivate mutating func takeNumber() -> Int64? {
        let digits = prefix { $0.isASCII && $0.isNumber }
        self = dropFirst(digits.count)
        return Int64(digits)
    }

    /// `[+-]h[:m[:s]]`, at most a week (RFC 8536, section 3.3.1).
    fileprivate mutating func takeTime() -> Int64? {
        let isNegative = first == "-"
        if isNegative || first == "+" { removeFirst() }
        guard let hours = takeNumber(), 0...167 ~= hours else { return nil }
        var seconds = hours * 3600
        for unit: Int64 in [60, 1] where first == ":" {
            removeFirst()
            guard let part = takeNumber(), 0...59 ~= part else { return nil }
            seconds += part * unit
        }
        return isNegative ? -seconds : seconds
    }

    /// `,M3.5.0`, `,M10.5.0/3`, `,J60`, `,59/2`
    fileprivate mutating func takeChange() -> PosixZoneRule.Change? {
        guard first == "," else { return nil }
        removeFirst()
        let day: PosixZoneRule.Change.Day
        if first == "M" {
            removeFirst()
            guard let month = takeNumber(), 1...12 ~= month, popFirst() == ".", let week = takeNumber(), 1...5 ~= week,
                popFirst() == ".", let weekday = takeNumber(), 0...6 ~= weekday
            else { return nil }
            day = .weekday(month: month, week: week, day: weekday)
        } else if first == "J" {
            removeFirst()
            guard let number = takeNumber(), 1...365 ~= number else { return nil }
            day = .julian(number)
        } else {
            guard let number = takeNumber(), 0...365 ~= number else { return nil }
            day = .ordinal(number)
        }
        guard first == "/" else { return PosixZoneRule.Change(day: day, time: 7200) }
        removeFirst()
        return takeTime().map { PosixZoneRule.Change(day: day, time: $0) }
    }
}
