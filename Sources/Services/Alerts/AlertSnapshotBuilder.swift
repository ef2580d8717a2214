import Alerts
import AMIClient
import Base
import CallRecords
import Configuration
import Switchboard

/// Makes snapshots of what is known for the rules.
struct AlertSnapshotBuilder {
    private let sources: AlertSources
    private let traffic: UsualTraffic
    private var books: [String: CallBook] = [:]
    private var faults = LineFaults()
    private var certificate: ServeCertificate
    private let zones: [String: ZoneTable]
    /// A health check that is older says nothing about now.
    private static let freshness = Duration.seconds(300)

    init(_ settings: Settings, _ sources: AlertSources, _ traffic: UsualTraffic) {
        (self.sources, self.traffic) = (sources, traffic)
        var zones: [String: ZoneTable] = [:]
        for name in settings.pbxNames {
            zones[name] = (try? settings.pbx(name))?.timeZone.flatMap { try? ZoneFiles.load($0) }
            books[name] = CallBook(settings, pbx: name)
        }
        self.zones = zones
        certificate = ServeCertificate(settings)
    }

    mutating func snapshot(at now: Moment) -> AlertSnapshot {
        var snapshot = AlertSnapshot(at: now)
        snapshot.zones = zones
        snapshot.certificates = certificate.current(at: now)
        let histories = sources.sampler.current
        for state in sources.model.current {
            snapshot.pbxs.append(pbx(state, histories.first { $0.pbx == state.name }, at: now))
        }
        snapshot.loads = sources.warehouse.current.map { loads in
            loads.map { load in
                AlertSnapshot.Load(
                    pbx: load.pbx,
                    succeededAt: load.succeededAt,
                    failedAt: load.failedAt,
                    rejects: load.rejects
                )
            }
        }
        snapshot.owed = sources.callbacks.current.map { owed in
            owed.map { AlertSnapshot.Owed(pbx: $0.pbx, queues: $0.queues, lostAt: $0.lostAt) }
        }
        return snapshot
    }

    private mutating func pbx(
        _ state: PBXState,
        _ history: HealthSampler.History?,
        at now: Moment
    ) -> AlertSnapshot.PBX {
        var pbx = AlertSnapshot.PBX(state.name, zone: zones[state.name] ?? .utc)
        // A state that is not published any more is as good as no connection.
        pbx.staleSince = state.staleSince ?? (now - state.at > .seconds(30) ? state.at : nil)
        (pbx.hasConnected, pbx.visitsSince) = (state.isKnown, state.todaySince)
        pbx.queues = state.board.queues.map { AlertSnapshot.Queue($0) }
        (pbx.visits, pbx.unanswered) = (state.recentVisits, state.unansweredInRow)
        let usual = traffic.current[state.name]
        var book = books[state.name] ?? CallBook()
        pbx.calls = book.take(state.calls, isConnected: pbx.staleSince == nil, usual?.countries, at: now)
        (pbx.outgoing, pbx.lastIncoming) = (book.outgoing, book.lastIncoming)
        books[state.name] = book
        pbx.usualIncoming = usual?.incomingPerHour
        if let report = history?.report, now - report.time <= Self.freshness {
            let sections = report.sections.filter { $0.name != "quality" } + [history?.quality].compactMap(\.self)
            pbx.measures = sections.flatMap(\.measures)
            pbx.faults = faults.take(report, of: state.name, at: now)
        }
        return pbx
    }
}

extension AlertSnapshot.Queue {
    /// A queue of the board.
    init(_ queue: QueueBoard.Queue) {
        self.init(
            queue.name,
            callers: queue.callers.map { caller in
                // A snapshot says `unknown` where an event says nothing.
                let isKnown = caller.number.contains(where: \.isNumber)
                let shown = isKnown ? NumberMask.hidingEnd(of: caller.number) : "a caller without a number"
                return AlertSnapshot.Caller(shown, since: caller.since)
            },
            members: queue.members.map { member in
                var shown = AlertSnapshot.Member(member.name.isEmpty ? member.interface : member.name)
                (shown.isLoggedIn, shown.isFree) = (member.isLoggedIn, member.isFree)
                if member.isPaused { shown.pausedSince = member.pausedSince ?? member.since }
                shown.pauseReason = member.pausedReason
                return shown
            }
        )
    }
}

/// Remembers since when trunks and endpoints have not worked.
struct LineFaults {
    private var since: [String: [AlertSnapshot.Fault]] = [:]

    /// Takes a report; nil if it does not say which lines work.
    mutating func take(_ report: HealthReport, of pbx: String, at now: Moment) -> [AlertSnapshot.Fault]? {
        let parts: [(String, AlertSnapshot.Fault.Kind)] = [("registrations", .trunk), ("endpoints", .endpoint)]
        let known = since[pbx] ?? []
        var faults: [AlertSnapshot.Fault] = []
        for (name, kind) in parts {
            guard let section = report.sections.first(where: { $0.name == name }), section.state != .unknown else {
                return nil
            }
            for line in section.failing {
                let old = known.first { $0.kind == kind && $0.name == line }
                faults.append(old ?? AlertSnapshot.Fault(kind, line, since: report.time))
            }
        }
        since[pbx] = faults
        return faults
    }
}
