public import AMIClient
import Base
public import Configuration
public import Logging
public import Switchboard

/// A request for a health check.
public struct HealthRequest: Sendable {
    /// The format of a report.
    public enum Format: String, Sendable, CaseIterable {
        case text, json, nagios, prometheus
    }

    /// The PBX, by its name in the configuration; nil if there is only one.
    public var pbx: String?
    /// What to check.
    public var scope = HealthCheck.Scope.usual
    /// Parts that must be measured.
    public var required: [String] = []
    /// The time limit for the whole check, in seconds.
    public var timeout = Int(HealthCheck.usualDeadline / .seconds(1))
    /// The greatest age of a kept result that may be reused, in seconds; nil always checks anew.
    public var cache: Int?
    /// The format of the report.
    public var format = Format.text

    /// The default check.
    public init(pbx: String? = nil) {
        self.pbx = pbx
    }
}

/// A report in the requested format.
public struct HealthResult: Sendable, Equatable {
    /// The state of the PBX.
    public var state: HealthReport.State
    /// The report as text in the requested format.
    public var text: String
}

/// Checks a PBX, with the configured thresholds.
public struct HealthService: Sendable {
    private let settings: Settings
    private let logger: Logger

    /// A service on one snapshot of the settings.
    public init(_ settings: Settings, logger: Logger) {
        (self.settings, self.logger) = (settings, logger)
    }

    /// Checks the PBX, or returns a kept result.
    ///
    /// - Throws: ``ServiceError`` for an unknown part, `ConfigurationError`. Failures on the PBX are part of the
    ///   result.
    public func run(_ request: HealthRequest) async throws -> HealthResult {
        let cache = request.cache.map { HealthCache(settings: settings, key: key(request), seconds: $0) }
        if let kept = cache?.read() { return HealthResult(state: kept.state, text: kept.text) }
        let report = try await report(request)
        let text =
            switch request.format {
            case .text: report.text
            case .json: report.json.line + "\n"
            case .nagios: report.nagios + "\n"
            case .prometheus: report.prometheus
            }
        let result = HealthResult(state: report.state, text: text)
        cache?.write(HealthCache.Result(state: result.state, text: result.text))
        return result
    }

    /// Checks the PBX.
    ///
    /// - Throws: ``ServiceError`` for an unknown part, `ConfigurationError`.
    public func report(_ request: HealthRequest) async throws -> HealthReport {
        for name in request.required where !HealthReport.parts.contains(name) {
            let parts = HealthReport.parts.joined(separator: ", ")
            throw ServiceError(.usage, "Unknown section \(name). Sections: \(parts).")
        }
        var check = HealthCheck(try ManagerConfiguration(settings, pbx: request.pbx), logger: logger)
        check.scope = request.scope
        check.deadline = .seconds(request.timeout)
        check.thresholds = settings.health.mapValues(HealthCheck.Thresholds.init)
        var report = await check.run()
        if request.scope == .full { try await addCompletion(to: &report, check, pbx: request.pbx) }
        report.require(request.required)
        return report
    }

    /// If no phone reports on its calls, the loaded calls give an indication.
    private func addCompletion(to report: inout HealthReport, _ check: HealthCheck, pbx: String?) async throws {
        let completion = CompletionCheck(settings, pbx: try settings.pbxName(pbx))
        guard let index = report.sections.firstIndex(where: { $0.name == "quality" && $0.state == .skipped }),
            let section = await completion.section()
        else { return }
        report.sections[index] = check.judged(section)
    }

    private func key(_ request: HealthRequest) -> String {
        "\(request.pbx ?? "main") \(request.scope) \(request.required.joined(separator: ",")) \(request.format.rawValue)"
    }
}

extension HealthCheck.Thresholds {
    fileprivate init(_ configured: HealthThresholds) {
        self.init(warning: configured.warning, critical: configured.critical)
    }
}
