import ArgumentParser
import Base
import Configuration
import Pipeline
import Services

/// Extract, transform, load: turns what the PBX wrote into rows of the warehouse.
struct ETLCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "etl",
        abstract: "Load CDRs and queue events into the warehouse.",
        discussion: """
            Run it as often as you like, from files, from the PBX's database, or both: every leg is loaded once, later \
            versions replace earlier ones, and a second run changes nothing.

            Without --file and --queue-log, what the configuration names is read, of every PBX one after the other or of \
            the one that --pbx names. A file that cannot be read does not stop the others.

            Exit status: 2 if records were rejected for the first time, or if a file or the contacts could not be read. \
            If one of several PBXs fails, the others are loaded, and the status is that of the failure.
            """
    )

    @OptionGroup var common: CommonOptions
    @OptionGroup var output: JSONOption
    @OptionGroup var target: PBXOption
    @OptionGroup var sources: SourceOptions
    @OptionGroup var span: SpanOptions
    @OptionGroup var keeping: KeepOption

    @Flag(name: .long, help: "Say what would change, and change nothing.")
    var dryRun = false

    @Option(name: .long, help: ArgumentHelp("Repeat every N seconds.", valueName: "seconds"))
    var every: Int?

    func run() async throws {
        let settings = try common.settings()
        let frontend = ETLFrontend(request: request, settings: settings, common: common, printsJSON: output.json)
        if let seconds = every.map(Double.init) ?? settings.etl.every {
            try await frontend.runAsService(every: seconds)
        }
        let status = try await frontend.run()
        if status != .done { throw status.exitCode }
    }

    private var request: LoadRequest {
        var request = LoadRequest(pbx: target.pbx)
        request.source = sources.source
        request.files = sources.file
        request.queueLogs = sources.queueLog
        request.layout = sources.layout
        request.timeZone = sources.timezone
        request.window = span.request
        request.isDryRun = dryRun
        request.keepsServer = keeping.keep
        return request
    }

    func validate() throws {
        let intervals = ETLSettings.intervals
        if let every, !intervals.contains(Double(every)) {
            throw ValidationError("--every is a number of seconds from 1 to \(Int(intervals.upperBound)).")
        }
    }
}

/// What to read.
struct SourceOptions: ParsableArguments {
    @Option(name: .long, help: "Where CDRs come from: csv or mysql.")
    var source: LoadRequest.Source?

    @Option(
        name: .long,
        parsing: .upToNextOption,
        help: ArgumentHelp("Master.csv files, plain or .gz; - is stdin.", valueName: "path"),
        completion: .file()
    )
    var file: [String] = []

    @Option(
        name: .long,
        parsing: .upToNextOption,
        help: ArgumentHelp("queue_log files, plain or .gz; - is stdin.", valueName: "path"),
        completion: .file()
    )
    var queueLog: [String] = []

    @Option(
        name: .long,
        // A layout may begin with a hyphen, which means a column that is not read.
        parsing: .unconditional,
        help: ArgumentHelp("The order of Master.csv's columns; auto recognises it.", valueName: "layout")
    )
    var layout: String?

    @Option(
        name: .long,
        help: ArgumentHelp("The PBX's time zone, such as Europe/Berlin.", valueName: "zone"),
        completion: .timeZones
    )
    var timezone: String?

    func validate() throws {
        if source == .mysql, !file.isEmpty {
            throw ValidationError("--source mysql and --file cannot be used together.")
        }
    }
}

/// The time span to load.
struct SpanOptions: ParsableArguments {
    @OptionGroup var window: WindowOptions

    @Flag(name: .long, help: "Load everything.")
    var all = false

    /// `nil` if no option was given.
    var request: WindowRequest? { all ? .all : window.request }

    func validate() throws {
        if all, window.request != nil {
            throw ValidationError("--days, --from with --to, and --all cannot be used together.")
        }
    }
}
