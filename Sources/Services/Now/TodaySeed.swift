import AMIClient
import Base
import CallRecords
import Configuration
import Extract
import Postgres
import Warehouse

/// What happened in the queues today before this process began: from the PBX's own queue_log if it is available, or
/// else from the warehouse.
struct TodaySeed: Sendable {
    /// Events by call, in the order of the log.
    var events: [(callid: String, event: QueueEvent)]
    /// The time up to which nothing is missing.
    var isKnownUntil: Moment
    /// The time from which on nothing is missing; a log that was rotated today does not have the beginning.
    var isKnownFrom = Moment.distantPast
    /// The time up to which the PBX's own log is known. Events that came over AMI may be incomplete, too.
    var isLoggedUntil: Moment

    init(
        events: [(callid: String, event: QueueEvent)],
        isKnownUntil: Moment,
        isKnownFrom: Moment = .distantPast,
        isLoggedUntil: Moment? = nil
    ) {
        (self.events, self.isKnownUntil, self.isKnownFrom) = (events, isKnownUntil, isKnownFrom)
        self.isLoggedUntil = isLoggedUntil ?? isKnownUntil
    }

    /// How long before midnight the reading begins: who entered before it may leave after it, and what a second's events mean
    /// depends on what was before.
    static let lookBack = Duration.seconds(4 * 3600)
    /// The most events; a busy call centre has some ten thousand a day.
    private static let most = 500_000
    /// How many bytes at the end of a queue_log are read.
    private static let mostBytes: Int64 = 64 << 20

    /// Reads them; nil if neither source is available.
    static func read(_ settings: Settings, pbx: String, at now: Moment) async -> TodaySeed? {
        guard let configured = try? settings.pbx(pbx) else { return nil }
        let zone = configured.timeZone.flatMap { try? ZoneFiles.load($0) } ?? .utc
        let start = zone.midnight(before: now) - lookBack
        for path in configured.queueLog {
            if let found = lines(of: path, since: start, until: now) { return found }
        }
        guard let stored = try? await stored(settings, pbx, since: start) else { return nil }
        let events = stored.map { (callid: $0.callid, event: $0.event) }
        return TodaySeed(
            events: events,
            isKnownUntil: events.last?.event.at ?? start,
            isKnownFrom: start,
            isLoggedUntil: stored.last { $0.isLogged }?.event.at ?? start
        )
    }

    /// The lines of a log written since a moment; nil if the log does not exist. A line that is cut off by the end of
    /// the file is still being written: it will arrive as an event.
    private static func lines(of path: String, since start: Moment, until now: Moment) -> TodaySeed? {
        guard let file = try? OpenFile(reading: path) else { return nil }
        let offset = max(0, file.size - mostBytes)
        guard let bytes = try? file.read(Int(file.size - offset), at: offset) else { return nil }
        var events: [(callid: String, event: QueueEvent)] = []
        var first: Moment?
        for line in bytes.split(separator: UInt8(ascii: "\n")) where events.count < most {
            let text = String(decoding: line, as: UTF8.self)
            guard let seconds = text.split(separator: "|", maxSplits: 1).first.flatMap({ Int64($0) }) else { continue }
            let time = Moment(seconds: seconds)
            first = first ?? time
            guard time >= start, let found = TodayVisits.event(of: text) else { continue }
            events.append((callid: found.0, event: found.1))
        }
        return TodaySeed(events: events, isKnownUntil: now, isKnownFrom: first.map { max(start, $0) } ?? now)
    }

    private typealias Stored = (callid: String, event: QueueEvent, isLogged: Bool)

    private static func stored(
        _ settings: Settings,
        _ pbx: String,
        since start: Moment
    ) async throws -> [Stored] {
        let parameters: [Parameter] = [.text(pbx), .moment(start), .int64(Int64(most))]
        return try await WarehouseAccess(settings).look { warehouse in
            try warehouse.connection.query(SQLFiles.Calls.queueEventsSince, parameters)
                .map { row throws(PostgresError) -> Stored? in
                    guard let kind = QueueEvent.Kind(rawValue: try row.text(4)),
                        TodayVisits.kinds.contains(kind)
                    else {
                        return nil
                    }
                    let data: InlineArray<5, String?> = [
                        try row.textIfPresent(5), try row.textIfPresent(6), try row.textIfPresent(7),
                        try row.textIfPresent(8), try row.textIfPresent(9),
                    ]
                    let event = QueueEvent(
                        at: try row.second(0),
                        kind: kind,
                        queue: try row.textIfPresent(2),
                        agent: try row.textIfPresent(3),
                        data: data
                    )
                    return (callid: try row.text(1), event: event, isLogged: try row.text(10) == "queue_log")
                }.compactMap { $0 }
        }
    }
}
