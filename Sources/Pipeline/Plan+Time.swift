import Base
import CallRecords
import Extract
import Transform

extension Plan {
    /// The window in the zone of the PBX: the configured one, else the one that was found first. What was pruned is outside.
    func window(found zone: ZoneTable, now: Moment) -> TimeWindow {
        // UTC files of a PBX whose zone is configured do not move its days.
        var window = window.window(in: self.zone ?? zone, now: now)
        if let keptFrom, window.from.map({ $0 < keptFrom }) ?? true { window.from = keptFrom }
        return window
    }

    /// The window of a table, wider than asked where its zone may be another one: what is outside is left out later, by
    /// its instant.
    func tableWindow(now: Moment) -> SourceWindow? {
        let window = window(found: sourceZone ?? .utc, now: now)
        if window == .all { return nil }
        let day: Int64 = 86_400
        // Far enough for everything, near enough for a DATETIME.
        let from = window.from?.wholeSeconds ?? 0
        let instants = from..<max(from, (window.to ?? now.adding(seconds: 366 * day)).wholeSeconds)
        // Clocks on Earth are at most 14 hours ahead of UTC and 12 behind.
        let slack = 15 * 3600 as Int64
        return SourceWindow(
            wall: instants.lowerBound - slack..<instants.upperBound + slack,
            instants: instants.lowerBound..<instants.upperBound
        )
    }

    /// Decides in which zone a source is written.
    var zoneFinder: ZoneFinder {
        ZoneFinder(
            candidates: { [region] in [ZoneFiles.localName].compactMap(\.self) + ZoneFiles.names(preferring: region) },
            load: { try? ZoneFiles.load($0) }
        )
    }
}
