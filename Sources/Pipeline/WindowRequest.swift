public import Base
public import CallRecords

/// The requested span of days or instants, which becomes a window when the PBX's zone is known.
public enum WindowRequest: Hashable, Sendable {
    /// All of time.
    case all
    /// The last N whole days of the PBX's calendar, and today.
    case days(Int)
    /// From one time, inclusive, to another, exclusive, by the PBX's clock or as moments; `nil` leaves the end open.
    case between(from: WrittenTime.Meaning?, to: WrittenTime.Meaning?)

    /// The half-open window in UTC.
    ///
    /// - Parameters:
    ///   - zone: the PBX's zone.
    ///   - now: the moment in whose day the window ends.
    /// - Returns: the window, open wherever the request is.
    public func window(in zone: ZoneTable, now: Moment) -> TimeWindow {
        func begin(_ wall: Int64) -> Moment { Moment(seconds: zone.resolve(wall: wall).instant(notBefore: nil)) }
        switch self {
        case .all: return .all
        case .between(let from, let to):
            func moment(_ time: WrittenTime.Meaning) -> Moment {
                switch time {
                case .wall(let wall): begin(wall)
                case .instant(let instant): Moment(seconds: instant)
                }
            }
            return TimeWindow(from: from.map(moment), to: to.map(moment))
        case .days(let days):
            let today = CivilTime(secondsSince1970: zone.wall(at: now.wholeSeconds))
            let midnight = CivilTime(year: today.year, month: today.month, day: today.day)?.secondsSince1970 ?? 0
            // Midnight may be skipped or repeated; the window begins with the first instant of the day.
            return TimeWindow(from: begin(midnight - Int64(days) * 86_400), to: begin(midnight + 86_400))
        }
    }
}
