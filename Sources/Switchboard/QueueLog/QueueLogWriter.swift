public import Base

/// Writes queue events as lines of a queue_log, for a PBX whose queue_log cannot be read: `epoch|callid|queue|agent|event|data…`
/// (https://docs.asterisk.org/Configuration/Applications/Queue-Logs/).
///
/// If AMI reports as much as the queue_log, the lines are those that the PBX itself writes. AMI does not report
/// `PAUSEALL`. Why a caller left who neither was answered nor hung up is reported by events of the class `dialplan`;
/// without them it is written as `EXITWITHTIMEOUT`.
///
/// What happened while nobody was listening is worked out from a snapshot, as far as possible:
/// `QueueLogWriter+Snapshot.swift`.
public struct QueueLogWriter: Sendable {
    /// A caller's stay in a queue.
    struct Visit: Sendable {
        var position: Int
        var since: Moment
        /// Who answered; nil while the caller waits.
        var agent: String?
        /// How long the caller had waited by then, in seconds.
        var hold: Int?
        /// The caller's departure, while its reason is unknown.
        var left: Left?
        /// Whether the last list of queues lacked the caller, although no event was missed.
        var isUnlisted = false
        /// Whether a list of queues had the caller, so that the event of the entry may be yet to come.
        var entryMayFollow = false
        /// Agents whose phones are or were ringing, by the uniqueid of the phone's channel.
        var ringing: [String: Ringing] = [:]
        /// The lines that describe it.
        var lines: [String]
    }

    /// A caller's departure from a queue.
    struct Left: Sendable {
        var at: Moment
        var position: Int
        /// The wait if the queue gave the caller up: `QueueCallerAbandon` is sent when the caller hangs up, but also
        /// when the queue times out or has nobody to answer.
        var wait: Int?
    }

    /// A phone that is ringing for a caller.
    struct Ringing: Sendable {
        var agent: String
        var since: Moment
        /// When it was told to stop ringing.
        var canceledAt: Moment?
    }

    /// A member of a queue.
    struct Member: Sendable {
        var since: Moment
        /// Members from queues.conf are not logged in a queue_log.
        var isStatic = false
        var isPaused = false
        var pausedAt = Moment.distantPast
        var reason = ""
        /// The line that added the member, if there is one.
        var added: String?
        /// The line of the last pause, or of its end.
        var pause: String?
    }

    /// The caller's uniqueid, or the member's name, and the queue.
    struct Place: Hashable, Sendable {
        var who: String
        var queue: String
    }

    /// Callers, from their entry to the end of their call.
    var visits: [Place: Visit] = [:]
    /// Answered visits of callers who entered the same queue again during the conversation, oldest first. Asterisk
    /// reports their end only when the call ends.
    var earlier: [Place: [Visit]] = [:]
    /// Members, by name.
    var members: [Place: Member] = [:]
    /// When the PBX was started, and the line that reports it.
    var start: (at: Moment, line: String)?
    /// Whether events of the class `dialplan` arrive, which show why a caller left.
    var seesDialplan = false
    /// Since when events have been missing; nil if none are.
    var missingSince: Moment?
    /// Whether there has been a list of queues: until then, nobody knows who was waiting before the first event.
    var hasList = false
    /// Callers whom the last list had, although no event told of them and none was missed.
    var unheard: Set<Place> = []
    /// Where a caller was transferred to, until the queue reports that the call is complete or the caller hangs up.
    var transfers: [String: (name: String, data: [String])] = [:]

    /// After this time, a caller who left without any further event counts as timed out. It is longer than an
    /// announcement to the agent, before which the caller leaves the queue.
    static let patience = Duration.seconds(60)
    /// After this time, the end of a visit is no longer expected.
    static let longestVisit = Duration.seconds(172_800)

    /// A writer that has seen nothing.
    public init() {}

    /// The lines for an event that happened at `time`.
    public mutating func lines(for event: PBXEvent, at time: Moment) -> [String] {
        switch event {
        case .queueCaller(let event): return caller(event, time)
        case .queueCall(let event): return call(event, time)
        case .queueMember(let event): return member(event, time)
        case .channel(let event): return went(event, time)
        case .transfer(let event): note(event)
        case .dial(.ended(let dial, let result)): stopsRinging(dial, result, time)
        case .system(.started(let uptime?)):
            // The event has no time of its own. The uptime is cut to seconds, and members are restored soon after the
            // start.
            return started(at: time - uptime - .seconds(1))
        case .dial(.began), .bridge, .parking, .originate, .device, .media, .system, .other: break
        }
        return []
    }

    /// The lines that are due because time has passed; to be called every few seconds.
    public mutating func lines(at now: Moment) -> [String] {
        let lines = exits(at: now) { now - $0.at > Self.patience }
        visits = visits.filter { now - $0.value.since < Self.longestVisit }
        earlier = earlier.compactMapValues { visits in
            let recent = visits.filter { now - $0.since < Self.longestVisit }
            return recent.isEmpty ? nil : recent
        }
        return lines
    }

    /// The lines for callers who left, when no more events will come to explain why.
    public mutating func lastLines(at now: Moment) -> [String] {
        exits(at: now) { _ in true }
    }

    private mutating func exits(at now: Moment, where isDue: (Left) -> Bool) -> [String] {
        visits.filter { $0.value.left.map(isDue) ?? false }.keys.sorted { ($0.who, $0.queue) < ($1.who, $1.queue) }
            .flatMap { exit(from: $0, at: now) }
    }

    /// A transfer is reported before the queue says that the call is complete.
    private mutating func note(_ transfer: TransferEvent) {
        switch transfer {
        case .blind(let transfer):
            guard let caller = transfer.transferee, transfer.isSuccess else { return }
            transfers[caller] = ("BLINDTRANSFER", [transfer.exten, transfer.context])
        case .attended(let transfer):
            guard let caller = transfer.transferee, transfer.isSuccess else { return }
            let data: [String] =
                switch transfer.destination {
                case .application(let name): ["APP", name]
                case .link(let first, let second): ["LINK", first, second]
                case .bridge(let id): ["BRIDGE", id]
                }
            transfers[caller] = ("ATTENDEDTRANSFER", data)
        case .pickedUp: break
        }
    }

    /// A line. A vertical bar or a line end in a name would begin another field or line.
    static func line(
        _ time: Moment,
        _ callid: String,
        _ queue: String?,
        _ agent: String?,
        _ name: String,
        _ data: [String]
    ) -> String {
        let fields = ["\(time.wholeSeconds)", callid, queue ?? "NONE", agent ?? "NONE", name] + data
        return fields.map { field in String(field.map { $0 == "|" || $0.isNewline ? "_" : $0 }) }.joined(separator: "|")
    }
}
