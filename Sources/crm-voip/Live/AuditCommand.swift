import AMIClient
import ArgumentParser
import Base
import Pipeline
import Services

struct AuditCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit",
        abstract: "Show the orders given to the PBX: who gave them, and with what outcome.",
        discussion: """
            Every order of this program is written down before and after, with its user, what the dial guard decided, and the \
            outcome. An order without an outcome is being carried out, or its program was killed.
            """
    )

    @OptionGroup var common: CommonOptions
    @OptionGroup var target: PBXOption
    @OptionGroup var output: JSONOption

    @Option(name: .long, help: ArgumentHelp("Orders from this time on, in the PBX's time zone.", valueName: "time"))
    var from: String?

    @Option(name: .long, help: ArgumentHelp("Orders before this time.", valueName: "time"))
    var to: String?

    @Option(name: .long, help: "Orders of this command only, such as originate or queue.")
    var command: String?

    @Option(name: .long, help: "At most this many, the newest.")
    var limit = AuditRequest().limit

    func validate() throws {
        if !(1...1_000_000).contains(limit) { throw ValidationError("--limit is 1 to 1000000.") }
        for (name, text) in [("--from", from), ("--to", to)] {
            if let text, WrittenTime(text) == nil {
                throw ValidationError("\(name) is a time such as \(WrittenTime.form), not \(text).")
            }
        }
    }

    private var request: AuditRequest {
        var request = AuditRequest()
        request.pbx = target.pbx
        request.command = command
        request.limit = limit
        if from != nil || to != nil {
            request.window = .between(
                from: from.flatMap(WrittenTime.init)?.meaning,
                to: to.flatMap(WrittenTime.init)?.meaning
            )
        }
        return request
    }

    func run() throws {
        let result = try AuditService(try common.settings()).orders(request)
        try common.write(result, json: output.json) {
            LiveText.audit(result.records, style: common.terminal.outputStyle)
        }
        if result.unreadable > 0 {
            common.messages.warning("\(result.unreadable) lines of the audit log cannot be read.")
        }
    }
}

extension LiveText {
    /// Requests as a table.
    static func audit(_ records: [AuditRecord], style: Style) -> String {
        let rows = records.map { record in
            [
                record.time.iso8601, record.user, record.command, record.target, record.decision,
                record.outcome ?? "", record.reason ?? "",
            ]
        }
        return table(
            [
                localized("TIME", context: "heading"),
                localized("USER", context: "heading"),
                localized("COMMAND", context: "heading"),
                localized("TARGET", context: "heading"),
                localized("DECISION", context: "heading"),
                localized("OUTCOME", context: "heading"),
                localized("REASON", context: "heading"),
            ],
            rows,
            style: style
        )
    }
}
