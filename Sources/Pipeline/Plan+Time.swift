import Base
import CallRecords
import Extract
import Transform

extension Plan {
    /// The window in the zone of the PBX: the configured one, or else the first one found. What was pruned is excluded.
    func window(found zone: ZoneTable, now: Moment) -> TimeWindow {
        // If the PBX's zone is configured, files in UTC do not shift its days.
        var window = window.window(in: self.zone ?? zone, now: now)
        if let keptFrom, window.from.map({ $0 < keptFrom }) ?? true { window.from = keptFrom }
        return window
    }

    /// The window for a table, wider than requested if its zone may be another one: records outside it are left out
    /// later, by their instants.
    func tableWindow(now: Moment) -> SourceWindow? {
        let window = window(found: sourceZone ?? .utc, now: now)
        if window == .all { return nil }
        let day: Int64 = 86_400
        // Far enough to include everything, and within the range of a DATETIME.
        let from = window.from?.wholeSeconds ?? 0
        let instants = from..<max(from, (window.to ?? now.adding(seconds: 366 * day)).wholeSeconds)
        // Clocks on Earth are at most 14 hours ahead of UTC and 12 behind.
        let slack = 15 * 3600 as Int64
        return SourceWindow(
            wall: instants.lowerBound - slack..<instants.upperBound + slack,
            instants: instants.lowerBound..<instants.upperBound
        )
    }

    /// Determines the zone of a source.
    var zoneFinder: ZoneFinder {
        ZoneFinder(
            candidates: { [region] in [ZoneFiles.localName].compactMap(\.self) + ZoneFiles.names(preferring: region) },
            load: { try? ZoneFiles.load($0) }
        )
    }
}
