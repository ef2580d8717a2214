import ArgumentParser
import Base
import Configuration
import Reporting
import Services

/// Reports on the warehouse, for people and for programs.
struct ReportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report",
        abstract: "Report on queues, agents, calls, lost calls and unmatched numbers.",
        discussion: """
            Without a time, the last whole week is reported. Reports of your own are .sql files in the reports \
            directory of the configuration; see docs/reports.md.
            """
    )

    @OptionGroup var common: CommonOptions
    @OptionGroup var output: JSONOption
    @OptionGroup var time: ReportTimeOptions
    @OptionGroup var counting: ReportCountingOptions
    @OptionGroup var form: ReportFormOptions

    @Argument(help: ArgumentHelp("One or more reports.", valueName: "name"), completion: .reportNames)
    var names: [String] = []

    @Flag(name: .long, help: "List the available reports.")
    var list = false

    @Option(
        name: .long,
        help: ArgumentHelp("Print the file of a report, for example to change a copy of it.", valueName: "name"),
        completion: .reportNames
    )
    var show: String?

    @Option(
        name: .long,
        help: ArgumentHelp(
            "Make the reports of [reports.delivery.NAME] and deliver them now; may be repeated.",
            valueName: "name"
        ),
        completion: .deliveryNames
    )
    var deliver: [String] = []

    @Flag(
        name: .long,
        help: "With --deliver: leave out the receivers and the folder that have got the reports of this time already."
    )
    var missing = false

    func validate() throws {
        try checkDelivery()
        if show != nil, !names.isEmpty || list || output.json {
            throw ValidationError("--show prints one file; it cannot be used with other reports, --list or --json.")
        }
        if names.isEmpty, !list, show == nil, deliver.isEmpty {
            throw ValidationError("Name a report; `crm-voip report --list` lists them.")
        }
        if output.json, let format = form.format, format != .json {
            throw ValidationError("--json and --format \(format.rawValue) cannot be used together.")
        }
    }

    func run() async throws {
        let settings = try common.settings()
        if !deliver.isEmpty { return try await delivery(settings).run(deliver) }
        let service = ReportService(settings)
        if let show { return try StandardOutput.write(Array(service.text(of: show).utf8)) }
        if list { return try write(try service.list()) }
        let destination = try destination
        let reports = try await service.run(request(as: destination.format), withCharts: destination.format.hasCharts)
        try destination.write(reports)
        try report(reports, format: destination.format)
    }

    private func delivery(_ settings: Settings) -> ReportDeliveryRun {
        ReportDeliveryRun(service: ReportDeliveryService(settings), common: common, onlyMissing: missing)
    }

    private var destination: ReportDestination {
        get throws {
            try ReportDestination(form, json: output.json, reports: names.count, terminal: common.terminal)
        }
    }

    private func checkDelivery() throws {
        guard !deliver.isEmpty else {
            if missing { throw ValidationError("--missing needs --deliver.") }
            return
        }
        let isOther = !names.isEmpty || list || show != nil || output.json || form.output != nil || form.format != nil
        guard isOther || time.isSet || counting.isNarrowed else { return }
        throw ValidationError(
            "--deliver takes reports, time, formats and queue from the configuration. It cannot be used with options for them."
        )
    }

    private func write(_ reports: ReportList) throws {
        for failure in reports.broken { common.messages.warning("\(failure.error)") }
        try common.write(reports, json: output.json) { ReportListText(reports).text }
    }

    /// Prints on stderr what has no place in the reports themselves, and ends with the status of the first one that
    /// failed.
    private func report(_ reports: ReportSet, format: ReportFormat) throws {
        reports.warnings.forEach(common.messages.warning)
        // CSV has no place for notes.
        if format == .csv { reports.notes.forEach(common.messages.warning) }
        for failure in reports.failures { common.messages.error("Report \(failure.name) failed. \(failure.error)") }
        if let failure = reports.failures.first { throw ExitStatus(failure.error).exitCode }
    }

    private func request(as format: ReportFormat) -> ReportsRequest {
        var request = ReportsRequest(names: names)
        // Programs add up rows, so they get totals only on request.
        request.totals = form.totals || ![.csv, .json].contains(format)
        (request.window, request.interval, request.timeZone) = (time.window, time.interval, time.timezone)
        (request.pbx, request.queue, request.agent) = (counting.pbx, counting.queue, counting.agent)
        (request.serviceLevel, request.shortAbandon) = (counting.serviceLevel, counting.shortAbandon)
        request.serviceLevelVariant = counting.serviceLevelVariant
        request.target = counting.target
        request.values = counting.values
        request.columns = form.columnNames
        return request
    }
}
