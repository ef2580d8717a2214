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

/// The reported time, and the intervals into which it is divided.
struct ReportTimeOptions: ParsableArguments {
    @Option(name: .long, help: ArgumentHelp("An ISO week, such as 2026-W47.", valueName: "week"))
    var week: String?

    @Flag(name: .long, help: "The last whole week (the default).")
    var lastWeek = false

    @Option(name: .long, help: ArgumentHelp("The last N whole days plus today so far.", valueName: "n"))
    var days: Int?

    @Option(
        name: .long,
        help: ArgumentHelp("The same as --from without --to.", valueName: "time")
    )
    var since: String?

    @Option(
        name: .long,
        help: ArgumentHelp("Start of the window, such as 2026-11-16 or 2026-11-16T14:30.", valueName: "time")
    )
    var from: String?

    @Option(name: .long, help: ArgumentHelp("End of the window, exclusive (default: now).", valueName: "time"))
    var to: String?

    @Option(name: .long, help: "Steps: total, hour, day, week or month.")
    var interval: ReportInterval = .total

    @Option(
        name: .long,
        help: ArgumentHelp("The zone that days are counted in, such as Europe/Berlin.", valueName: "zone"),
        completion: .timeZones
    )
    var timezone: String?

    /// Whether the window or the interval is given.
    var isSet: Bool {
        lastWeek || days != nil || interval != .total || [week, since, from, to, timezone].contains { $0 != nil }
    }

    var window: ReportWindow {
        if let week = week.flatMap(ISOWeek.init) { return .week(week) }
        if let days { return .days(days) }
        if let from = (from ?? since).flatMap(WrittenTime.init) { return .between(from, to.flatMap(WrittenTime.init)) }
        return .lastWeek
    }

    func validate() throws {
        if [week != nil, lastWeek, days != nil, since != nil, from != nil || to != nil].count(where: \.self) > 1 {
            throw ValidationError("--week, --last-week, --days, --since, and --from with --to cannot be used together.")
        }
        if let week, ISOWeek(week) == nil { throw ValidationError("--week is a week such as 2026-W47, not \(week).") }
        if let days, !(0...ETLSettings.mostDays).contains(days) {
            throw ValidationError("--days is a number from 0 to \(ETLSettings.mostDays).")
        }
        if to != nil, from == nil { throw ValidationError("--to needs --from.") }
        for (name, text) in [("--since", since), ("--from", from), ("--to", to)] {
            if let text, WrittenTime(text) == nil {
                throw ValidationError("\(name) is a time such as 2026-11-16 or 2026-11-16T14:30, not \(text).")
            }
        }
    }
}

/// Which calls count, and as what.
struct ReportCountingOptions: ParsableArguments {
    @Option(
        name: .long,
        help: ArgumentHelp("Only this PBX of the configuration.", valueName: "name"),
        completion: .pbxNames
    )
    var pbx: String?

    @Option(name: .long, help: "Only this queue.", completion: .queueNames)
    var queue: String?

    @Option(name: .long, help: "Only this agent: name, interface or extension.", completion: .agentNames)
    var agent: String?

    @Flag(name: .long, help: "lost-calls: only callers who are still owed a call.")
    var open = false

    @Option(name: .long, help: ArgumentHelp("lost-calls: only contacts of this owner in the CRM.", valueName: "name"))
    var owner: String?

    @Option(name: .long, help: ArgumentHelp("Calls answered within N seconds are in time.", valueName: "seconds"))
    var serviceLevel: Int?

    @Option(name: .long, help: ArgumentHelp("Abandons shorter than this do not count as lost.", valueName: "seconds"))
    var shortAbandon: Int?

    @Option(name: .long, help: "The service level's formula: offered, answered, answered_abandoned or with_abandoned.")
    var serviceLevelVariant: ServiceLevelVariant?

    @Option(
        name: .long,
        help: ArgumentHelp("The share in percent that should be in time, for charts.", valueName: "percent")
    )
    var target = ReportBook.usualTarget

    @Option(
        name: .long,
        help: ArgumentHelp("A value for a parameter of a report of your own; may be repeated.", valueName: "name=value")
    )
    var set: [String] = []

    /// Whether only some calls are reported.
    var isNarrowed: Bool { open || owner != nil || pbx != nil || queue != nil || agent != nil }

    /// The values of `--set`; the last one takes precedence.
    var values: [String: String] {
        let named = (open ? ["open=true"] : []) + (owner.map { ["owner=\($0)"] } ?? [])
        let pairs = (set + named).map { $0.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false) }
        return Dictionary(pairs.map { (String($0[0]), String($0[1])) }) { _, last in last }
    }

    func validate() throws {
        for (name, seconds) in [("--service-level", serviceLevel), ("--short-abandon", shortAbandon)] {
            let limits = ReportSettings.Queue.limits
            if let seconds, !limits.contains(Double(seconds)) {
                throw ValidationError("\(name) is a number of seconds from 0 to \(Int(limits.upperBound)).")
            }
        }
        if !(0...100).contains(target) { throw ValidationError("--target is a share in percent.") }
        if let text = set.first(where: { !$0.contains("=") }) {
            throw ValidationError("--set takes name=value, not \(text).")
        }
    }
}
