import AMI
import Base
import Switchboard

// The connection, the PBX itself, its clock, and what the user may do.
extension HealthCheck {
    func connection(_ client: ManagerClient) async -> (section: HealthReport.Section, skew: Duration?) {
        let timings = await client.timings
        let started = ContinuousClock.now
        var measures: [HealthReport.Measure] = []
        for (name, time) in [("tcp_ms", timings.tcp), ("tls_ms", timings.tls), ("login_ms", timings.login)] {
            if let time { measures.append(.init(name, time.inSeconds * 1000, unit: "ms")) }
        }
        do {
            let reply = try await client.send(Action("Ping"))
            let ping = ContinuousClock.now - started
            measures.append(.init("ping_ms", ping.inSeconds * 1000, unit: "ms"))
            // Half of the round trip is the best estimate of the delay.
            let skew = reply.response.timestamp.map { (Moment.now - ping / 2).distance(to: $0) }
            let way = configuration.tls ? "over TLS" : "without TLS"
            let shown = HealthReport.plain(ping.inSeconds * 1000)
            let summary = "\(client.banner), \(way), ping \(shown) ms"
            return (.init("connection", .ok, summary, measures), skew)
        } catch {
            return (.init("connection", .critical, error.description, measures), nil)
        }
    }

    /// The answer to the ping contains the PBX's time.
    func clock(_ skew: Duration?) -> HealthReport.Section {
        guard let skew = skew?.inSeconds else {
            return .init("clock", .skipped, "the PBX does not send its time with a ping")
        }
        let shown = HealthReport.plain(skew)
        return .init("clock", .ok, "\(shown) s between the clocks", [.init("clock_skew", skew, unit: "s")])
    }

    func core(_ client: ManagerClient) async -> HealthReport.Section {
        let settings: Message
        do {
            settings = try await client.send(Action("CoreSettings")).response
        } catch {
            return unanswered("core", error)
        }
        let text = settings["AsteriskVersion"] ?? ""
        var words = ["Asterisk \(text)"]
        var state = HealthReport.State.ok
        if let version = AsteriskVersion(text) {
            let known = Advisory.known.filter { $0.affects(version) ?? false }.map(\.id)
            if !known.isEmpty {
                state = .warning
                words.append("known faults: \(known.joined(separator: ", "))")
            }
            if let end = Advisory.endOfLife(ofBranch: version.major), end < "\(Moment.now.day)" {
                state = .warning
                words.append("no security fixes since \(end)")
            }
        }
        var measures: [HealthReport.Measure] = []
        if let uptime = await uptime(client) {
            measures.append(.init("uptime", uptime.inSeconds, unit: "s"))
            words.append("up \(Self.span(uptime))")
        }
        if let status = try? await client.send(Action("CoreStatus")).response,
            let processed = status.number("CoreProcessedCalls")
        {
            measures.append(.init("processed_calls", processed))
        }
        return .init("core", state, words.joined(separator: ", "), measures)
    }

    /// A user with the read class `system` receives the uptime in the greeting. `CoreStatus` has only local times
    /// without a zone.
    private func uptime(_ client: ManagerClient) async -> Duration? {
        return try? await client.listen(for: [.system]) { (events) async throws(ManagerError) in
            try await events.first(until: .now + .milliseconds(500)) { event in
                if case .system(.started(let uptime?)) = event { uptime } else { nil }
            }
        }
    }

    func privileges(_ client: ManagerClient) async -> HealthReport.Section {
        do {
            let doctor = try await Doctor(client).examine()
            let able = doctor.commands.count { $0.isPermitted }
            let missing = doctor.commands.filter { !$0.isPermitted }.map(\.name)
            let rest = missing.isEmpty ? "" : "; not \(missing.joined(separator: ", "))"
            return .init("privileges", .ok, "\(able) of \(doctor.commands.count) commands\(rest)")
        } catch {
            return unanswered("privileges", error)
        }
    }

    /// Days, hours or minutes, as people say them.
    static func span(_ duration: Duration) -> String {
        let seconds = max(0, duration.wholeSeconds)
        let minutes = seconds / 60
        if minutes >= 2880 { return "\(minutes / 1440) days" }
        if minutes >= 120 { return "\(minutes / 60) h" }
        return minutes >= 1 ? "\(minutes) min" : "\(seconds) s"
    }
}
