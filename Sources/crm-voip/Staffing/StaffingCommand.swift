import ArgumentParser
import Base
import Services

/// Rules that give queues more members.
struct StaffingCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "staffing",
        abstract: "Give queues more members while callers wait, by rule.",
        discussion: """
            Rules are in `[staffing.NAME]` of the configuration. `serve` follows them while it runs, `alerts run` does so \
            without a server. Every order is in the audit log, in the name of staffing:NAME.
            """,
        subcommands: [StaffingListCommand.self]
    )
}

/// Shows the rules and whom they have put in.
struct StaffingListCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "Show the rules, and whom they have put into queues.",
        discussion: """
            A rule is pending until its queue has needed members for long enough, then staffed, and recovering until it has been \
            calm for long enough and everybody is out. It is unknown while nothing is known about the queue, for instance \
            without a connection to the PBX.
            """
    )

    @OptionGroup var common: CommonOptions
    @OptionGroup var output: JSONOption

    func run() throws {
        let (rules, at) = try StaffingStatus.list(try common.settings())
        if output.json { return try StandardOutput.write(StaffingText.json(rules, at: at).text() + "\n") }
        try StandardOutput.write(StaffingText.table(rules, style: common.terminal.outputStyle))
        if let at {
            common.messages.note("As of \(at.iso8601).")
        } else if !rules.isEmpty {
            common.messages.warning("The rules have not been followed yet: neither `serve` nor `alerts run` has run.")
        }
    }
}
