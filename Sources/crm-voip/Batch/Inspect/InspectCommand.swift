import ArgumentParser
import CallRecords
import Services

/// Reports the kind and contents of CDR and queue_log files.
struct InspectCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "inspect",
        abstract: "Say what a CDR or queue_log file is. Nothing is changed, and no database is needed.",
        discussion: """
            Layout and columns, the span of time, the time zone according to the uniqueids, the events of a queue_log, and \
            what cannot be read, with line numbers.

            Exit status: 2 if some records cannot be read, 65 if the layout is unknown or ambiguous.
            """
    )

    @OptionGroup var common: CommonOptions
    @OptionGroup var output: JSONOption
    @OptionGroup var target: PBXOption

    @Argument(
        help: ArgumentHelp("Master.csv or queue_log files, plain or .gz; - is stdin.", valueName: "file"),
        completion: .file()
    )
    var files: [String]

    @Option(
        name: .long,
        // A layout may begin with a hyphen, which means a column that is not read.
        parsing: .unconditional,
        help: ArgumentHelp("The order of Master.csv's columns; auto recognises it.", valueName: "layout")
    )
    var layout: String?

    @Option(name: .long, help: ArgumentHelp("The time zone that the uniqueids should confirm.", valueName: "zone"))
    var timezone: String?

    func run() async throws {
        let service = InspectService(try common.settings())
        let request = InspectRequest(files: files, pbx: target.pbx, layout: layout, timeZone: timezone)
        let result = try await Progress.withDisplay(common.messages) { report in
            try service.inspect(request, progress: report)
        }
        try common.write(result, json: output.json) {
            result.files.map { InspectText($0).text }.joined(separator: "\n")
        }
        // The report contains the message already.
        if result.failure != nil { throw ExitStatus.badData.exitCode }
        if result.hasRejects { throw ExitStatus.rejects.exitCode }
    }
}
