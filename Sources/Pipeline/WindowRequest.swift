public import Base
public import CallRecords

/// The span of days or instants that the user asked for; it becomes a window when the PBX's zone is known.
public enum WindowRequest: Hashable, Sendable {
    /// Everything there is.
    case all
    /// The last so many whole days of the PBX's calendar, and today.
    case days(Int)
    /// From and up to wall times of the PBX; `nil` is open.
    case walls(from: Int64?, to: Int64?)

    /// The half-open window in UTC.
    ///
    /// - Parameters:
    ///   - zone: the PBX's.
    ///   - now: the moment in whose day the window ends.
    /// - Returns: the window, open where the request is.
    public func window(in zone: ZoneTable, now: Moment) -> TimeWindow {
        func begin(_ wall: Int64) -> Moment { Moment(seconds: zone.resolve(wall: wall).instant(notBefore: nil)) }
        switch self {
        case .all: return .all
        case .walls(let from, let to):
            return TimeWindow(from: from.map(begin), to: to.map(begin))
        case .days(let days):
            let today = CivilTime(secondsSince1970: zone.wall(at: now.wholeSeconds))
            let midnight = CivilTime(year: today.year, month: today.month, day: today.day)?.secondsSince1970 ?? 0
            // Midnight may be skipped or repeated; the window begins with the first instant of the day.
            return TimeWindow(from: begin(midnight - Int64(days) * 86_400), to: begin(midnight + 86_400))
        }
    }

    /// Reads what `--from` and `--to` take: `2026-11-22`, `2026-11-22 14:30`, `2026-11-22T14:30:00`.
    public static func wall(_ text: String) -> Int64? {
        var complete = text.replacing("T", with: " ")
        switch complete.utf8.count {
        case 10: complete += " 00:00:00"
        case 16: complete += ":00"
        default: break
        }
        guard case .wall(let wall) = complete.withUTF8({ RawTime(parsing: $0) }) else { return nil }
        return wall
    }
}
