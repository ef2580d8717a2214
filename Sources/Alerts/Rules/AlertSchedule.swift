public import Base

/// Hours of the week on the clock of a PBX, without holidays.
public struct AlertSchedule: Sendable, Equatable {
    /// Hours on some days of the week, such as `mon-fri 09:00-18:00`.
    public struct Hours: Sendable, Equatable {
        /// 0 for Monday to 6 for Sunday.
        public var days: Set<Int>
        /// Minutes since midnight. If the end is not after the beginning, it is on the next day.
        public var begins: Int, ends: Int

        /// Reads `DAYS HH:MM-HH:MM`, where DAYS is one day, a range such as `mon-fri`, several of them with commas, or
        /// `daily`; nil for any other text.
        public init?(_ text: some StringProtocol) {
            let parts = text.lowercased().split(separator: " ")
            guard parts.count == 2, let days = Self.days(parts[0]) else { return nil }
            let ends = parts[1].split(separator: "-", omittingEmptySubsequences: false)
            guard ends.count == 2, let begins = Self.minutes(ends[0]), let end = Self.minutes(ends[1]), begins < 1440,
                begins != end
            else { return nil }
            (self.days, self.begins, self.ends) = (days, begins, end)
        }

        private static let names = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]

        private static func days(_ text: Substring) -> Set<Int>? {
            if text == "daily" { return Set(0..<7) }
            var days: Set<Int> = []
            for part in text.split(separator: ",", omittingEmptySubsequences: false) {
                let ends = part.split(separator: "-", omittingEmptySubsequences: false).map { name in
                    names.firstIndex(of: String(name))
                }
                guard (1...2).contains(ends.count), let first = ends[0], let last = ends[ends.count - 1] else {
                    return nil
                }
                var day = first
                days.insert(day)
                while day != last {
                    day = (day + 1) % 7
                    days.insert(day)
                }
            }
            return days
        }

        private static func minutes(_ text: Substring) -> Int? {
            let parts = text.split(separator: ":", omittingEmptySubsequences: false)
            guard parts.count == 2, parts.allSatisfy({ $0.utf8.count == 2 && $0.utf8.allSatisfy { 48...57 ~= $0 } }),
                let hour = Int(parts[0]), let minute = Int(parts[1]), minute < 60,
                hour < 24 || hour == 24 && minute == 0
            else { return nil }
            return hour * 60 + minute
        }
    }

    /// A day on which nobody works: of one year, such as `2026-12-31`, or of every year, such as `12-25`.
    public struct Holiday: Sendable, Equatable {
        private var year: Int?
        private var month: Int
        private var day: Int

        /// Reads `YYYY-MM-DD` or `MM-DD`; nil for any other text and for a day that does not exist.
        public init?(_ text: String) {
            let hasYear = text.utf8.count == 10
            guard hasYear || text.utf8.count == 5, let date = CalendarDay(hasYear ? text : "2024-\(text)"), date.isReal
            else { return nil }
            (year, month, day) = (hasYear ? date.year : nil, date.month, date.day)
        }

        func contains(_ date: CalendarDay) -> Bool {
            (year ?? date.year, month, day) == (date.year, date.month, date.day)
        }
    }

    /// The hours; empty for none.
    public var hours: [Hours]
    /// The days without hours.
    public var holidays: [Holiday]

    /// Hours without those that begin on a holiday.
    public init(_ hours: [Hours], holidays: [Holiday] = []) { (self.hours, self.holidays) = (hours, holidays) }

    /// Whether a moment is within the hours. The wall clock decides: an hour that the clock shows twice counts twice,
    /// and one that it skips does not occur.
    public func contains(_ moment: Moment, in zone: ZoneTable) -> Bool {
        let wall = CivilTime(secondsSince1970: zone.wall(at: moment.wholeSeconds))
        let (today, minute) = (wall.date, Int(wall.hour * 60 + wall.minute))
        let yesterday = CalendarDay(daysSinceEpoch: today.daysSinceEpoch - 1)
        return hours.contains { hours in
            let isOvernight = hours.ends <= hours.begins
            if works(today, hours), minute >= hours.begins, isOvernight || minute < hours.ends { return true }
            return isOvernight && works(yesterday, hours) && minute < hours.ends
        }
    }

    private func works(_ day: CalendarDay, _ hours: Hours) -> Bool {
        hours.days.contains(day.weekday) && !holidays.contains { $0.contains(day) }
    }
}
