import Base

extension ZoneTable {
    /// When the day began on the zone's clock.
    func midnight(before now: Moment) -> Moment { midnight(daysAfter: 0, now) }

    /// When the next day begins on the zone's clock; a day has 23 to 25 hours.
    func nextMidnight(after now: Moment) -> Moment { midnight(daysAfter: 1, now) }

    private func midnight(daysAfter days: Int64, _ now: Moment) -> Moment {
        // No calendar has a time of which even the day before or after is out of range.
        let second = min(max(now.wholeSeconds, -62_000_000_000), 253_000_000_000)
        let wall = wall(at: second)
        let day = CivilTime(secondsSince1970: wall + days * 86_400)
        let midnight = CivilTime(year: day.year, month: day.month, day: day.day)?.secondsSince1970 ?? wall
        return Moment(seconds: resolve(wall: midnight).instant(nearest: second + midnight - wall))
    }
}
