import ArgumentParser
import CallRecords
import Configuration
import Extract
import Base
import Transform

/// Says what a CDR or queue_log file is.
struct InspectCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "inspect",
        abstract: "Say what a CDR or queue_log file is. Nothing is changed, and no database is needed.",
        discussion: """
            Layout and columns, the span of time, the time zone as told by the uniqueids, the events of a queue_log, and \
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
        help: ArgumentHelp("The order of Master.csv's columns; auto recognises it.", valueName: "layout")
    )
    var layout: String?

    @Option(name: .long, help: ArgumentHelp("The time zone that the uniqueids should confirm.", valueName: "zone"))
    var timezone: String?

    func run() async throws {
        let settings = try common.settings()
        // A file can be looked at whatever the configuration says; it only helps.
        let pbx = target.pbx == nil ? try? settings.pbx() : try settings.pbx(target.pbx)
        let reports = try files.map { try inspect($0, pbx) }
        if output.json {
            let result: JSON = ["schema_version": 1, "files": .array(reports.map(\.json))]
            try StandardOutput.write(result.text() + "\n")
        } else {
            try StandardOutput.write(reports.map(\.text).joined(separator: "\n"))
        }
        for case let failure? in reports.map(\.inspection.failure) { throw failure }
        if reports.contains(where: { $0.inspection.rejected > 0 }) { throw ExitStatus.rejects.exitCode }
    }

    private func inspect(_ path: String, _ pbx: PBXSettings?) throws -> InspectReport {
        var options = MasterCSVReader.Options()
        options.layout = try MasterCSVLayout(option: layout ?? pbx?.layout)
        options.encoding = pbx.flatMap { Extract.TextEncoding(name: $0.encoding.rawValue) } ?? .latin1
        var witness = ZoneWitness()
        var progress = Progress(messages: common.messages)
        let inspection = try FileInspection(path: path, options: options) { time, uniqueid in
            witness.observe(time, uniqueid: uniqueid)
        } progress: { read, size in
            try Task.checkCancellation()
            progress.update(path, done: Int(read), total: size.map(Int.init))
        }
        let finder = ZoneFinder(
            candidates: { [ZoneFiles.localName].compactMap(\.self) + ZoneFiles.names(preferring: pbx?.region) },
            load: { try? ZoneFiles.load($0) }
        )
        let configured = try (timezone ?? pbx?.csvTimeZone ?? pbx?.timeZone).map(ZoneFiles.load)
        return InspectReport(
            inspection: inspection,
            witness: witness,
            isConfigured: configured != nil,
            finding: finder.zone(configured: configured, isStated: timezone != nil, witness: witness)
        )
    }
}

extension MasterCSVLayout {
    /// The layout that an option or the configuration names; `nil` for `auto` and where none is named.
    init?(option name: String?) throws {
        guard let name, name != "auto" else { return nil }
        guard let layout = MasterCSVLayout(name) else {
            let names = MasterCSVLayout.known.map(\.name).joined(separator: ", ")
            throw Failure(.usage, "There is no layout \(name). Known are \(names), and lists of columns with commas.")
        }
        self = layout
    }
}
