import ArgumentParser
import Load
import Pipeline
import Services

/// Refreshes the warehouse's contacts.
struct ContactsSync: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sync",
        abstract: "Copy the CRM's contacts into the warehouse, and relink the calls of numbers that changed.",
        discussion: """
            `etl` does this, too, before it loads calls. Without changes nothing is written. Contacts that are as they were at \
            the last sync are not compared with the warehouse, except once a week, or if you say --all.
            """
    )

    @OptionGroup var common: CommonOptions
    @OptionGroup var output: JSONOption
    @OptionGroup var target: PBXOption
    @OptionGroup var keeping: KeepOption

    @Flag(name: .long, help: "Compare every contact, even those that are as they were at the last sync.")
    var all = false

    @Flag(name: .long, help: "Say what would change, and change nothing.")
    var dryRun = false

    func run() async throws {
        let service = ContactService(try common.settings())
        let result = try await service.sync(
            pbx: target.pbx,
            comparesAll: all,
            isDryRun: dryRun,
            keepsServer: keeping.keep
        )
        if let warning = result.skippedRowsWarning { common.messages.warning(warning) }
        try common.write(result, json: output.json, onlyOnTerminal: true) {
            text(result.summary.sync) + result.notes.map { $0 + "\n" }.joined()
        }
    }

    private func text(_ summary: ContactSync.Summary) -> String {
        let changes = "\(summary.inserted) inserted, \(summary.updated) updated, \(summary.removed) removed"
        return """
            contacts: \(summary.contacts) with \(summary.links) links to numbers: \(changes)\(dryRun ? " (dry run)" : "")
            calls: \(summary.callsRelinked) relinked, because the contacts of \(summary.numbersChanged) numbers changed

            """
    }
}
