import ArgumentParser
import Base
import Configuration
import Pipeline

/// The options of a command that selects records by time, in the PBX's zone.
struct WindowOptions: ParsableArguments {
    @Option(name: .long, help: ArgumentHelp("The last N days and today.", valueName: "n"))
    var days: Int?

    @Option(
        name: .long,
        help: ArgumentHelp("Start of the window, such as 2026-11-16 or 2026-11-16T14:30.", valueName: "time")
    )
    var from: String?

    @Option(name: .long, help: ArgumentHelp("End of the window, exclusive.", valueName: "time"))
    var to: String?

    /// `nil` if no option was given.
    var request: WindowRequest? {
        if let days { return .days(days) }
        if from == nil, to == nil { return nil }
        return .between(
            from: from.flatMap(WrittenTime.init)?.meaning,
            to: to.flatMap(WrittenTime.init)?.meaning
        )
    }

    func validate() throws {
        if days != nil, from != nil || to != nil {
            throw ValidationError("--days and --from with --to cannot be used together.")
        }
        if let days, !(0...ETLSettings.mostDays).contains(days) {
            throw ValidationError("--days is a number from 0 to \(ETLSettings.mostDays).")
        }
        for (name, text) in [("--from", from), ("--to", to)] {
            if let text, WrittenTime(text) == nil {
                throw ValidationError("\(name) is a time such as \(WrittenTime.form), not \(text).")
            }
        }
        switch (from.flatMap(WrittenTime.init)?.meaning, to.flatMap(WrittenTime.init)?.meaning) {
        case (.wall(let start), .wall(let end)) where start >= end,
            (.instant(let start), .instant(let end)) where start >= end:
            throw ValidationError("--from must be earlier than --to.")
        default: break
        }
    }
}
