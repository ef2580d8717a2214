import AMI
public import Base
public import Logging
public import Switchboard

/// Determines the health of a PBX. Each part reports its findings or why it could not be checked; no part prevents
/// another from being checked.
public struct HealthCheck: Sendable {
    /// What to check.
    public enum Scope: Sendable {
        /// Everything that answers immediately.
        case usual
        /// The same plus the quality of active calls, which takes ``HealthCheck/listening``.
        case full
        /// The connection and the queues only.
        case queues
    }

    /// The values at which a figure is bad.
    public struct Thresholds: Sendable {
        /// Values in this range raise no warning.
        public var warning: NagiosRange
        /// Values in this range are not critical.
        public var critical: NagiosRange

        /// Two ranges.
        public init(warning: NagiosRange, critical: NagiosRange) {
            self.warning = warning
            self.critical = critical
        }
    }

    /// How to reach the PBX.
    public var configuration: ManagerConfiguration
    /// What to check.
    public var scope = Scope.usual
    /// The thresholds, by the names of figures; a figure without thresholds is only reported.
    public var thresholds: [String: Thresholds] = [:]
    /// How long to listen for reports on the quality of calls.
    public var listening: Duration = .seconds(10)
    /// The time limit for the whole check. Anything not known by then is unknown.
    public var deadline = HealthCheck.usualDeadline
    /// The default time limit of a check.
    public static let usualDeadline: Duration = .seconds(30)
    let logger: Logger

    /// A check of a PBX.
    public init(_ configuration: ManagerConfiguration, logger: Logger = Logger(label: "manager")) {
        self.configuration = configuration
        self.logger = logger
    }

    /// Checks the PBX.
    ///
    /// - Returns: The report. Failures are part of it, so nothing is thrown.
    public func run() async -> HealthReport {
        // After cancellation, every open or later query ends immediately, and its section says so.
        let work = Task { await examine() }
        let timer = Task {
            try await Task.sleep(for: deadline)
            work.cancel()
        }
        defer { timer.cancel() }
        return await work.value
    }

    private func examine() async -> HealthReport {
        var sections: [HealthReport.Section] = []
        do {
            try await ManagerClient.withConnection(configuration, logger: logger) { client in
                let ping = await connection(client)
                sections.append(ping.section)
                if scope != .queues {
                    sections.append(await core(client))
                    sections.append(clock(ping.skew))
                    sections.append(await channels(client))
                }
                sections.append(await queues(client))
                if scope != .queues {
                    sections.append(await endpoints(client))
                    sections.append(await registrations(client))
                    sections.append(await quality(client))
                    sections.append(await privileges(client))
                }
            }
        } catch {
            if sections.isEmpty { sections = Self.unreachable(error, scope) }
        }
        return HealthReport(sections: sections.map(judged), time: Moment.now)
    }

    /// Without a connection the remaining parts say nothing. A refused login or a wrong setting is a fault of the
    /// check, not of the PBX.
    private static func unreachable(_ error: any Error, _ scope: Scope) -> [HealthReport.Section] {
        let ours: [ManagerError.Code] = [.authenticationFailed, .alreadyLoggedIn, .configuration]
        let isOurs = (error as? ManagerError).map { ours.contains($0.code) } ?? false
        let first = HealthReport.Section("connection", isOurs ? .unknown : .critical, "\(error)")
        let rest = scope == .queues ? ["queues"] : HealthReport.parts.filter { $0 != "connection" }
        return [first] + rest.map { HealthReport.Section($0, .skipped, "no connection") }
    }

    /// The section, with its figures compared with their thresholds.
    public func judged(_ section: HealthReport.Section) -> HealthReport.Section {
        let measures = section.measures.map { measure in
            var judged = measure
            // Nobody is waiting, so no agent has to be free.
            let isIdle = measure.name == "queue_free_agents" && !waits(measure.subject, section)
            judged.warning = isIdle ? nil : thresholds[measure.name]?.warning
            judged.critical = isIdle ? nil : thresholds[measure.name]?.critical
            return judged
        }
        var result = HealthReport.Section(section.name, section.state, section.summary, measures)
        if result.state.rank > section.state.rank {
            let bad = measures.filter { $0.state == result.state }.map { measure in
                let name = [measure.subject, measure.name].compactMap(\.self).joined(separator: " ")
                return "\(name) \(HealthReport.plain(measure.value))\(measure.unit)"
            }
            result.summary = bad.joined(separator: ", ") + "; " + section.summary
        }
        return result
    }

    private func waits(_ queue: String?, _ section: HealthReport.Section) -> Bool {
        section.measures.contains { $0.name == "queue_callers" && $0.subject == queue && $0.value > 0 }
    }

    /// A section for something that could not be queried: missing rights and modules are not a fault of the PBX.
    func unanswered(_ name: String, _ error: ManagerError) -> HealthReport.Section {
        switch error.code {
        case .permissionDenied, .unknownCommand: .init(name, .skipped, error.description)
        default: .init(name, .unknown, error.description)
        }
    }
}
