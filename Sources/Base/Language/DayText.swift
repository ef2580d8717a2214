/// Days as people write them in figures.
package enum DayText {
    /// `2026-11-16`; in languages with a form of their own, `16.11.2026`.
    package static func of(_ day: CalendarDay) -> String {
        let (year, month, number) = (day.year, day.month.padded(2), day.day.padded(2))
        return localized("\(year)-\(month)-\(number)", context: "date in figures")
    }
}
