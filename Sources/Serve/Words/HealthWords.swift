import Base
import Reporting
import Switchboard

extension HealthReport.State {
    /// The state on a page.
    var word: String {
        switch self {
        case .ok: localized("ok")
        case .warning: localized("warning", context: "severity")
        case .critical: localized("critical", context: "severity")
        case .unknown: localized("unknown")
        case .skipped: localized("skipped", context: "health")
        }
    }
}

/// The health check in words for people. Its findings are technical, and the same as for Nagios; those that consist of
/// figures are translated, and the others stay English.
enum HealthWords {
    /// A part of the check.
    static func part(_ name: String) -> String {
        switch name {
        case "connection": localized("connection", context: "health")
        case "core": localized("core", context: "health")
        case "clock": localized("clock", context: "health")
        case "channels": localized("channels", context: "health")
        case "queues": localized("queues", context: "health")
        case "endpoints": localized("endpoints", context: "health")
        case "registrations": localized("registrations", context: "health")
        case "quality": localized("quality", context: "health")
        case "privileges": localized("privileges", context: "health")
        default: name
        }
    }

    /// What was found in a part.
    static func finding(_ section: HealthReport.Section) -> Markup {
        guard Language.current != .english else { return "\(section.summary)" }
        if let text = translated(section) { return "\(text)" }
        return "<span lang=\"en\">\(section.summary)</span>"
    }

    private static func translated(_ section: HealthReport.Section) -> String? {
        func figure(_ name: String) -> Int? {
            section.measures.first { $0.name == name && $0.subject == nil }.flatMap { Int(exactly: $0.value.rounded()) }
        }
        guard section.state != .skipped, section.state != .unknown else { return nil }
        switch section.name {
        case "channels":
            guard let channels = figure("channels"), let calls = figure("calls"), let longest = figure("longest_call")
            else { return nil }
            return localized("Channels: \(channels), calls: \(calls), the longest \(Piece.duration(longest))")
        case "clock":
            guard let skew = section.measures.first(where: { $0.name == "clock_skew" }) else { return nil }
            return localized("\(HealthReport.plain(skew.value)) s between the clocks")
        case "endpoints":
            guard let all = figure("endpoints"), section.failing.count <= all else { return nil }
            let good = all - section.failing.count
            if section.failing.isEmpty { return localized("Endpoints reachable: \(good) of \(all)") }
            let failing = HealthReport.some(of: section.failing)
            return localized("Endpoints reachable: \(good) of \(all); not \(failing)")
        case "registrations":
            guard let all = figure("registrations"), section.failing.count <= all else { return nil }
            let good = all - section.failing.count
            if section.failing.isEmpty { return localized("Registered: \(good) of \(all)") }
            return localized("Registered: \(good) of \(all); not \(HealthReport.some(of: section.failing))")
        case "queues":
            let callers = section.measures.filter { $0.name == "queue_callers" }
            let waiting = Int(callers.reduce(0) { $0 + $1.value })
            return localized("Queues: \(callers.count), waiting callers: \(waiting)")
        default: return nil
        }
    }

    /// A figure with its name, and with what it belongs to.
    static func text(_ measure: HealthReport.Measure) -> String {
        let value = [HealthReport.plain(measure.value), measure.unit].filter { !$0.isEmpty }.joined(separator: " ")
        let name = name(measure.name)
        guard let subject = measure.subject else { return "\(name): \(value)" }
        return localized("\(name) of \(subject): \(value)", context: "figure of a queue or trunk")
    }

    /// In English the names are those of the configuration.
    private static func name(_ name: String) -> String {
        guard Language.current != .english else { return name }
        return switch name {
        case "tcp_ms": localized("time to connect")
        case "tls_ms": localized("time for TLS")
        case "login_ms": localized("time to log in")
        case "ping_ms": localized("round trip of a ping")
        case "clock_skew": localized("difference of the clocks")
        case "uptime": localized("time since the start")
        case "processed_calls": localized("calls since the start")
        case "channels": localized("channels", context: "health")
        case "calls": localized("calls", context: "health")
        case "longest_call": localized("longest call")
        case "stuck_channels": localized("stuck channels")
        case "queue_callers": localized("waiting callers")
        case "queue_wait": localized("longest wait")
        case "queue_free_agents": localized("free agents")
        case "queue_members": localized("agents logged in")
        case "queue_service_level": localized("service level since the reset")
        case "endpoints": localized("endpoints", context: "health")
        case "unreachable_endpoints": localized("unreachable endpoints")
        case "unreachable_contacts": localized("unreachable addresses of phones")
        case "endpoint_rtt_ms": localized("longest round trip to a phone")
        case "registrations": localized("registrations", context: "health")
        case "failed_registrations": localized("failed registrations")
        case "packet_loss_pct": localized("packets lost")
        case "jitter_ms": localized("jitter")
        case "media_rtt_ms": localized("round trip of media")
        case "media_experience": localized("quality of media")
        default: name
        }
    }
}
