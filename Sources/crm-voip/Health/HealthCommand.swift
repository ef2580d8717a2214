import AMI
import AMIClient
import ArgumentParser
import Services
import Switchboard

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

    @Option(name: .long, help: ArgumentHelp("Sections that must be measured, separated by commas.", valueName: "list"))
    var require = ""

    @Option(name: .long, help: ArgumentHelp("How long all of it may take.", valueName: "seconds"))
    var timeout = HealthRequest().timeout

    @Option(name: .long, help: ArgumentHelp("Reuse a cached result at most this old.", valueName: "seconds"))
    var cache: Int?

    func validate() throws {
        if full, queues { throw ValidationError("--full and --queues cannot be used together.") }
        if !(1...86_400).contains(timeout) { throw ValidationError("--timeout is 1 to 86400 seconds.") }
        if let cache, !LiveOptions.spans.contains(cache) {
            throw ValidationError("--cache is 1 to \(LiveOptions.spans.upperBound) seconds.")
        }
    }

    func run() async throws {
        do {
            let result = try await HealthService(try live.common.settings(), logger: live.logger).run(request)
            try StandardOutput.write(result.text)
            throw ExitCode(result.state.exitStatus)
        } catch let status as ExitCode {
            throw status
        } catch {
            // What keeps us from checking says nothing about the PBX.
            live.common.messages.error("\(error)")
            throw ExitCode(HealthReport.State.unknown.exitStatus)
        }
    }

    private var request: HealthRequest {
        var request = HealthRequest(pbx: live.target.pbx)
        request.scope = full ? .full : queues ? .queues : .usual
        request.required = require.split(separator: ",").map { String($0.trimmedBlanks) }
        request.timeout = timeout
        request.cache = cache
        request.format = output.format
        return request
    }
}

/// The output format of the report.
struct HealthOutput: ParsableArguments {
    @Flag(name: .long, help: "As JSON.")
    var json = false

    @Flag(name: .long, help: "As one line with performance data, for Nagios and compatible monitors.")
    var nagios = false

    @Flag(name: .long, help: "As a file for Prometheus' textfile collector.")
    var prometheus = false

    func validate() throws {
        if [json, nagios, prometheus].count(where: \.self) > 1 {
            throw ValidationError("--json, --nagios and --prometheus cannot be used together.")
        }
    }

    var format: HealthRequest.Format { json ? .json : nagios ? .nagios : prometheus ? .prometheus : .text }
}
