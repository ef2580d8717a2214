import ArgumentParser
import Base
import Configuration
import Reporting

/// The reported time, and the intervals into which it is divided.
struct ReportTimeOptions: ParsableArguments {
    @Option(name: .long, help: ArgumentHelp("An ISO week, such as 2026-W47.", valueName: "week"))
    var week: String?

    @Flag(name: .long, help: "The last whole week (the default).")
    var lastWeek = false

    @Option(name: .long, help: ArgumentHelp("The last N whole days plus today so far.", valueName: "n"))
    var days: Int?

    @Option(
        name: .long,
        help: ArgumentHelp("The same as --from without --to.", valueName: "time")
    )
    var since: String?

    @Option(
        name: .long,
        help: ArgumentHelp("Start of the window, such as 2026-11-16 or 2026-11-16T14:30.", valueName: "time")
    )
    var from: String?

    @Option(name: .long, help: ArgumentHelp("End of the window, exclusive (default: now).", valueName: "time"))
    var to: String?

    @Option(name: .long, help: "Steps: total, hour, day, week or month.")
    var interval: ReportInterval = .total

    @Option(
        name: .long,
        help: ArgumentHelp("The zone that days are counted in, such as Europe/Berlin.", valueName: "zone"),
        completion: .timeZones
    )
    var timezone: String?

    /// Whether the window or the interval is given.
    var isSet: Bool {
        lastWeek || days != nil || interval != .total || [week, since, from, to, timezone].contains { $0 != nil }
    }

    var window: ReportWindow {
        if let week = week.flatMap(ISOWeek.init) { return .week(week) }
        if let days { return .days(days) }
        if let from = (from ?? since).flatMap(WrittenTime.init) { return .between(from, to.flatMap(WrittenTime.init)) }
        return .lastWeek
    }

    func validate() throws {
        if [week != nil, lastWeek, days != nil, since != nil, from != nil || to != nil].count(where: \.self) > 1 {
            throw ValidationError("--week, --last-week, --days, --since, and --from with --to cannot be used together.")
        }
        if let week, ISOWeek(week) == nil { throw ValidationError("--week is a week such as 2026-W47, not \(week).") }
        if let days, !(0...ETLSettings.mostDays).contains(days) {
            throw ValidationError("--days is a number from 0 to \(ETLSettings.mostDays).")
        }
        if to != nil, from == nil { throw ValidationError("--to needs --from.") }
        for (name, text) in [("--since", since), ("--from", from), ("--to", to)] {
            if let text, WrittenTime(text) == nil {
                throw ValidationError("\(name) is a time such as 2026-11-16 or 2026-11-16T14:30, not \(text).")
            }
        }
    }
}
