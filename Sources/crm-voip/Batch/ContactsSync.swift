import ArgumentParser
import Configuration
import Base
import Load
import Pipeline
import Warehouse

/// Takes over what the CRM has now.
struct ContactsSync: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sync",
        abstract: "Take over the CRM's contacts, and link the calls of numbers that changed.",
        discussion: "`etl` does this, too, before it loads calls. Without changes nothing is written."
    )

    @OptionGroup var common: CommonOptions
    @OptionGroup var output: JSONOption
    @OptionGroup var target: PBXOption
    @OptionGroup var keeping: KeepOption

    @Flag(name: .long, help: "Say what would change, and change nothing.")
    var dryRun = false

    func run() async throws {
        let settings = try common.settings()
        let directory = try ContactDirectory(settings, pbx: settings.pbx(target.pbx))
        guard directory.isConfigured else {
            throw Failure(
                .noInput,
                "There are no contacts to sync: set contacts.csv, or contacts.url with a preset or a query."
            )
        }
        let result = try await WarehouseAccess(settings, keep: keeping.keep).with { [dryRun] warehouse in
            try directory.sync(warehouse.connection, isDryRun: dryRun)
        }
        if result.skippedRows > 0 { common.messages.warning(ContactDirectory.skipped(result.skippedRows)) }
        if output.json {
            try StandardOutput.write(json(result).text() + "\n")
        } else if common.terminal.isOutputTerminal, !common.quiet {
            try StandardOutput.write(text(result.sync))
        }
    }

    private func json(_ result: ContactRefresh.Summary) -> JSON {
        let summary = result.sync
        return [
            "schema_version": 1,
            "dry_run": .boolean(dryRun),
            "contacts": .integer(summary.contacts),
            "links": .integer(summary.links),
            "inserted": .integer(summary.inserted),
            "updated": .integer(summary.updated),
            "removed": .integer(summary.removed),
            "numbers_changed": .integer(summary.numbersChanged),
            "calls_relinked": .integer(summary.callsRelinked),
            "unreadable_phones": .integer(result.unreadablePhones),
            "skipped_rows": .integer(result.skippedRows),
        ]
    }

    private func text(_ summary: ContactSync.Summary) -> String {
        let changes = "\(summary.inserted) inserted, \(summary.updated) updated, \(summary.removed) removed"
        return """
            contacts: \(summary.contacts) with \(summary.links) links to numbers: \(changes)\(dryRun ? ", if it were done" : "")
            calls: \(summary.callsRelinked) linked anew, for \(summary.numbersChanged) numbers that have other contacts now

            """
    }
}
