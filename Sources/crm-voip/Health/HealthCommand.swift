import ArgumentParser
import Configuration
import Base
import AMIClient
import AMI
import Services

struct HealthCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "health",
        abstract: "Check the PBX: connection, core, clock, channels, queues, endpoints, privileges.",
        discussion:
            "Exit status: 0 OK, 1 WARNING, 2 CRITICAL, 3 UNKNOWN. Thresholds are in [health.…] of the configuration."
    )

    @OptionGroup var live: LiveOptions
    @OptionGroup var output: HealthOutput

    @Flag(name: .long, help: "Also listen for the quality of the calls that are up.")
    var full = false

    @Flag(name: .long, help: "The connection and the queues only.")
    var queues = false

    @Option(name: .long, help: ArgumentHelp("Sections that must not be skipped, with commas.", valueName: "list"))
    var require = ""

    @Option(name: .long, help: ArgumentHelp("How long all of it may take.", valueName: "seconds"))
    var timeout = 30

    @Option(name: .long, help: ArgumentHelp("Take a result that is no older from the cache.", valueName: "seconds"))
    var cache: Int?

    func validate() throws {
        if full, queues { throw ValidationError("--full and --queues exclude each other.") }
        if timeout < 1 { throw ValidationError("--timeout is 1 second or more.") }
        if let cache, cache < 1 { throw ValidationError("--cache is 1 second or more.") }
    }

    func run() async throws {
        let result: HealthCache.Result
        do {
            result = try await measure()
        } catch {
            // What keeps us from looking says nothing of the PBX.
            live.common.messages.error("\(error)")
            throw ExitCode(HealthReport.State.unknown.exitStatus)
        }
        try StandardOutput.write(result.text)
        throw ExitCode(result.status)
    }

    private func measure() async throws -> HealthCache.Result {
        let cached = try cache.map { try HealthCache(settings: try live.common.settings(), key: key, seconds: $0) }
        if let kept = cached?.read() { return kept }
        var check = HealthCheck(try live.configuration(), logger: live.logger)
        check.scope = full ? .full : queues ? .queues : .usual
        check.deadline = .seconds(timeout)
        check.thresholds = try live.common.settings().health.mapValues(HealthCheck.Thresholds.init)
        var report = await check.run()
        if full { try await addCompletion(to: &report, check) }
        report.require(require.split(separator: ",").map(String.init))
        let result = HealthCache.Result(status: report.state.exitStatus, text: output.text(report))
        cached?.write(result)
        return result
    }

    /// Where no phone reports on its calls, the calls that were loaded tell something.
    private func addCompletion(to report: inout HealthReport, _ check: HealthCheck) async throws {
        let settings = try live.common.settings()
        let completion = CompletionCheck(settings, pbx: try settings.pbxName(live.target.pbx))
        guard let index = report.sections.firstIndex(where: { $0.name == "quality" && $0.state == .skipped }),
            let section = await completion.section()
        else { return }
        report.sections[index] = check.judged(section)
    }

    private var key: String { "\(live.target.pbx ?? "main") \(full) \(queues) \(require) \(output.format)" }
}

/// How the report is written.
struct HealthOutput: ParsableArguments {
    @Flag(name: .long, help: "As JSON.")
    var json = false

    @Flag(name: .long, help: "As one line with performance data, for Nagios and its kin.")
    var nagios = false

    @Flag(name: .long, help: "As a file for Prometheus' textfile collector.")
    var prometheus = false

    func validate() throws {
        if [json, nagios, prometheus].count(where: \.self) > 1 {
            throw ValidationError("--json, --nagios and --prometheus exclude each other.")
        }
    }

    var format: String { json ? "json" : nagios ? "nagios" : prometheus ? "prometheus" : "text" }

    func text(_ report: HealthReport) -> String {
        switch format {
        case "json": report.json.line + "\n"
        case "nagios": report.nagios + "\n"
        case "prometheus": report.prometheus
        default: report.text
        }
    }
}

extension HealthCheck.Thresholds {
    init(_ configured: HealthThresholds) {
        self.init(warning: configured.warning, critical: configured.critical)
    }
}
