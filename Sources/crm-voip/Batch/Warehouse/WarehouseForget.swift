import ArgumentParser
import Base
import Services
import Warehouse

/// Erases a person from the warehouse.
struct WarehouseForget: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "forget",
        abstract: "Erase a person's number, and everything that leads to them.",
        discussion: """
            The number goes from calls, legs, queue visits, queue events, rejects and audit logs, the names that stood beside \
            it go with it, and so do the contacts that have it. The calls stay, so that reports still add up.

            A keyed hash of the number is kept in the file forgotten-numbers of the data folder: later runs do not bring \
            the number back, and after a backup was restored, forget --replay erases it again. Calls that the person makes \
            from now on are loaded as those of anybody else.

            Master.csv, the queue_log and the PBX's own database, the CRM, recordings, reports that were written and \
            backups are not changed.
            """
    )

    @OptionGroup var common: CommonOptions
    @OptionGroup var pbx: PBXOption
    @OptionGroup var output: JSONOption
    @OptionGroup var keeping: KeepOption

    @Argument(help: "The number, as a person or the PBX writes it.")
    var number: String?

    @Flag(name: .long, help: "Erase again what came back with a restored backup.")
    var replay = false

    @Flag(name: .long, help: "Count what would be erased, and erase nothing.")
    var dryRun = false

    func validate() throws {
        if (number == nil) != replay { throw ValidationError("Give a number, or --replay.") }
    }

    func run() async throws {
        let service = ForgetService(try common.settings(), keepsServer: keeping.keep)
        let result =
            if let number {
                try await service.forget(number, pbx: pbx.pbx, isDryRun: dryRun)
            } else {
                try await service.replay(isDryRun: dryRun)
            }
        try common.write(result, json: output.json) { text(result) }
    }

    private func text(_ result: ForgetResult) -> String {
        let verb = dryRun ? "would be erased" : "erased"
        let rows = result.summary.rows.map { "\($0.table): \($0.count) rows \(verb)\n" }
        var text = rows.joined() + "audit logs: \(result.files.auditLines) lines \(verb)\n"
        if result.files.rejectLines > 0 { text += "file of rejects: \(result.files.rejectLines) records \(verb)\n" }
        for path in result.files.unchanged {
            text += "not changed, because it is compressed: \(PrintableText.of(path)); remove it yourself\n"
        }
        return text
    }
}
