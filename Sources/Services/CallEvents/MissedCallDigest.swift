import Alerts
import AMIClient
import Base
import CallRecords
import Configuration
import Switchboard

/// The callers whom nobody answered and who have not been answered since, for one list that is sent from time to time.
/// Pure: it is told the time.
struct MissedCallDigest: Sendable {
    /// A caller who is waiting to be called back.
    struct Caller: Sendable, Equatable, Codable {
        var number: String
        var name: String
        var queue: String
        /// When the last call was lost.
        var at: Moment
        /// How long the caller waited in it, in seconds.
        var wait: Int64
        var calls: Int
        var owner: String?
    }

    /// What survives a restart.
    struct Memory: Sendable, Equatable, Codable {
        /// By the key of the caller.
        var callers: [String: Caller] = [:]
        /// When the last list was due.
        var sentAt: Moment
    }

    let settings: MissedCallSettings
    private(set) var memory: Memory
    /// The most callers of one list.
    static let most = 1000
    /// The most lines in a message.
    private static let mostLines = 100

    init(_ settings: MissedCallSettings, continuing memory: Memory?, at now: Moment) {
        self.settings = settings
        self.memory = memory ?? Memory(sentAt: now)
        // A clock that was set back must not delay the next list.
        if self.memory.sentAt > now { self.memory.sentAt = now }
    }

    /// Takes an event; returns whether anything changed.
    mutating func take(_ news: CallNews) -> Bool {
        guard settings.pbxs.isEmpty || settings.pbxs.contains(news.pbx) else { return false }
        let key = "\(news.pbx)/\(news.e164 ?? news.number ?? news.notice.call.linkedid)"
        switch news.notice.kind {
        case .answered: return memory.callers.removeValue(forKey: key) != nil
        case .lost, .missed:
            guard CallAudience.matches(news.notice.call.queue, settings.queues.map(QueueName.key)) else { return false }
            guard memory.callers[key] != nil || memory.callers.count < Self.most else { return false }
            memory.callers[key] = Caller(
                number: news.e164 ?? news.number ?? news.notice.call.callerNumber,
                name: news.contact?.name ?? "",
                queue: news.notice.call.queue,
                at: news.notice.at,
                wait: news.notice.call.wait?.wholeSeconds ?? 0,
                calls: (memory.callers[key]?.calls ?? 0) + 1,
                owner: news.contact?.owner
            )
            return true
        case .ringing, .ended, .popOpen, .popClose: return false
        }
    }

    /// When the next list is due.
    var due: Moment { memory.sentAt + .seconds(settings.every) }

    /// The messages that are due: none if nobody is on the list. The list is empty afterwards.
    mutating func messages(zone: ZoneTable, at now: Moment) -> [AlertMessage] {
        guard now >= due else { return [] }
        let callers = memory.callers.values.sorted { ($0.at, $0.number) < ($1.at, $1.number) }
        memory = Memory(sentAt: now)
        guard !callers.isEmpty else { return [] }
        let count = callers.count
        var lines = callers.prefix(Self.mostLines).map { line($0, zone) }
        let rest = callers.count - lines.count
        if rest > 0 { lines.append(localized("and \(rest) more", context: "callers")) }
        let alert = Alert(
            identity: AlertIdentity(rule: "missed-calls", labels: [:]),
            severity: .info,
            status: .firing,
            startedAt: callers[0].at,
            endedAt: nil,
            summary: localized(
                count,
                one: "\(count) caller was not answered, and has not been since.",
                other: "\(count) callers were not answered, and have not been since."
            ),
            causes: lines,
            path: "/lost"
        )
        return settings.receivers.map { receiver in
            AlertMessage(
                id: "missed-\(settings.name)-\(now.microseconds)-\(receiver)",
                receiver: receiver,
                reason: .digest,
                group: "missed-calls",
                alerts: [alert],
                createdAt: now
            )
        }
    }

    /// `14:05 Anna Smirnova (+4930…), support, waited 0:45, 2 calls, owner ann`
    private func line(_ caller: Caller, _ zone: ZoneTable) -> String {
        let isMasked = settings.numbers == .masked
        let number = caller.number.isEmpty ? localized("without a number") : caller.number
        let shown = isMasked && !caller.number.isEmpty ? NumberMask.hidingEnd(of: number) : number
        let party = isMasked || caller.name.isEmpty ? shown : "\(caller.name) (\(shown))"
        var parts = ["\(zone.iso8601(caller.at).dropFirst(11).prefix(5)) \(party)"]
        if !caller.queue.isEmpty { parts.append(caller.queue) }
        if caller.wait > 0 { parts.append(localized("waited \(DurationText.of(seconds: caller.wait))")) }
        let calls = caller.calls
        if calls > 1 { parts.append(localized(calls, one: "\(calls) call", other: "\(calls) calls")) }
        if let owner = caller.owner, !isMasked { parts.append(localized("owner \(owner)")) }
        return parts.joined(separator: ", ")
    }
}
