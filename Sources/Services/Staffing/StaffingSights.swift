import Alerts
import Base
import Configuration
import Switchboard

/// Makes what the rules for staffing see of the PBXs.
struct StaffingSights {
    private let sources: AlertSources
    private let zones: [String: ZoneTable]
    /// When each PBX was last looked at, and how often its connection had been lost by then.
    private var looks: [String: (at: Moment, reconnects: Int)] = [:]
    /// A list of queues that was read before this moment may be out of date.
    private var lostAt: [String: Moment] = [:]
    private var devices: [String: (states: [String: QueueBoard.Member.Status], at: Moment)] = [:]
    /// A state that is not published any more is as good as no connection.
    private static let freshness = Duration.seconds(30)
    /// The queues are read each half minute; longer ago means that it fails.
    private static let listing = Duration.seconds(60)
    /// How long the state of a device is believed.
    private static let deviceTime = Duration.seconds(5)

    init(_ settings: Settings, _ sources: AlertSources) {
        self.sources = sources
        var zones: [String: ZoneTable] = [:]
        for name in settings.pbxNames {
            zones[name] = (try? settings.pbx(name))?.timeZone.flatMap { try? ZoneFiles.load($0) }
        }
        self.zones = zones
    }

    /// Takes the states of devices of a PBX.
    mutating func take(_ states: [String: QueueBoard.Member.Status], of pbx: String, at now: Moment) {
        devices[pbx] = (states, now)
    }

    /// What is known now.
    mutating func current(at now: Moment) -> [StaffingSight] {
        let histories = sources.sampler.current
        var sights: [StaffingSight] = []
        for state in sources.model.current {
            let isKnown = isKnown(state, at: now)
            var sight = StaffingSight(
                state.name,
                zone: zones[state.name] ?? .utc,
                queues: isKnown ? state.board.queues.map { StaffingQueue($0) } : nil
            )
            sight.started = histories.first { $0.pbx == state.name }.flatMap { Self.start($0) }
            if let known = devices[state.name], now - known.at < Self.deviceTime { sight.devices = known.states }
            sights.append(sight)
        }
        return sights
    }

    private mutating func isKnown(_ state: PBXState, at now: Moment) -> Bool {
        let look = looks[state.name]
        if let look, look.reconnects != state.counts.reconnects { lostAt[state.name] = look.at }
        looks[state.name] = (now, state.counts.reconnects)
        guard state.staleSince == nil, now - state.at <= Self.freshness else {
            lostAt[state.name] = now
            return false
        }
        guard let read = state.board.snapshotAt, now - read <= Self.listing else { return false }
        return read > lostAt[state.name] ?? .distantPast
    }

    /// When the PBX was started, by the last check of its health.
    private static func start(_ history: HealthSampler.History) -> (at: Moment, seenAt: Moment)? {
        guard let report = history.report,
            let uptime = report.sections.flatMap(\.measures).first(where: { $0.name == "uptime" })?.value
        else { return nil }
        return (report.time - .seconds(uptime), report.time)
    }
}
