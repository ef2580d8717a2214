import Alerts
import Base
import CallRecords
public import Configuration
public import Pipeline
import Postgres
import Warehouse

/// Replays the rules for alerts over what the warehouse keeps.
public struct AlertTestService: Sendable {
    private let settings: Settings
    /// The longest time to replay, because all of it is in memory.
    public static let mostDays: Int64 = 31

    /// A service on one snapshot of the settings.
    public init(_ settings: Settings) { self.settings = settings }

    /// Replays the rules.
    ///
    /// - Parameters:
    ///   - window: The time, in the PBX's zone; nil for the last week.
    ///   - pbx: The PBX; nil for the only one.
    /// - Throws: ``ServiceError`` without rules or for a time that is too long; `ConfigurationError`, `WarehouseError`,
    ///   `PostgresError`.
    public func run(_ window: WindowRequest?, pbx: String?) async throws -> AlertTestResult {
        let name = try settings.pbxName(pbx)
        let rules = try settings.alertRules()
        guard !rules.isEmpty else {
            throw ServiceError(
                .configuration,
                "The configuration has no rules for alerts. `crm-voip alerts init` prints some to begin with."
            )
        }
        let zone = try settings.pbx(name).timeZone.map { try ZoneFiles.load($0) } ?? .utc
        let now = Moment.now
        let asked = (window ?? .days(7)).window(in: zone, now: now)
        let to = min(asked.to ?? now, now)
        let from = asked.from ?? to - .seconds(7 * 86_400)
        guard from < to, to - from <= .seconds(Self.mostDays * 86_400 + 3600) else {
            throw ServiceError(.usage, "The time to replay is at most \(Self.mostDays) days, and in the past.")
        }
        let history = try await history(name, zone, from, to)
        var replay = AlertReplay(rules, history)
        return AlertTestResult(pbx: name, zone: zone, from: from, to: to, results: replay.run())
    }

    private func history(_ pbx: String, _ zone: ZoneTable, _ from: Moment, _ to: Moment) async throws -> AlertHistory {
        let limits = settings.queueLimits
        return try await WarehouseAccess(settings).read { warehouse in
            try warehouse.connection.transaction(readOnly: true) { connection in
                // A percentage at the beginning counts visits from before it.
                let early: [Parameter] = [.text(pbx), .moment(from - .seconds(6 * 3600)), .moment(to)]
                let exact: [Parameter] = [.text(pbx), .moment(from), .moment(to)]
                return AlertHistory(
                    pbx: pbx,
                    zone: zone,
                    from: from,
                    to: to,
                    visits: try Self.visits(connection, early, limits),
                    sessions: try Self.sessions(connection, exact),
                    unanswered: try connection.query(SQLFiles.Alerts.historyUnanswered, exact)
                        .map { row throws(PostgresError) in
                            AlertHistory.Unanswered(at: try row.second(0), agent: try row.text(1))
                        }
                )
            }
        }
    }

    private static func visits(
        _ connection: borrowing Connection,
        _ parameters: [Parameter],
        _ limits: @Sendable (String) -> QueueDay.Limits
    ) throws -> [AlertHistory.Visit] {
        try connection.query(SQLFiles.Alerts.historyVisits, parameters)
            .map { row throws(PostgresError) -> AlertHistory.Visit in
                let queue = try row.text(0)
                var visit = QueueVisit(queue: queue, entry: 1, enteredAt: try row.second(1))
                visit.connectedAt = try row.secondIfPresent(2)
                visit.leftAt = try row.secondIfPresent(3)
                visit.outcome = QueueVisit.Outcome(rawValue: try row.text(4)) ?? .inProgress
                visit.wait = try row.int64IfPresent(5).map { Int32(clamping: $0) }
                let isAnswered = visit.outcome == .answered
                return AlertHistory.Visit(
                    AlertSnapshot.Visit(visit, limits(QueueName.key(queue))),
                    decidedAt: visit.connectedAt ?? visit.leftAt,
                    talkEndedAt: isAnswered ? visit.leftAt : nil,
                    agent: isAnswered ? try row.textIfPresent(6) : nil
                )
            }
    }

    private static func sessions(
        _ connection: borrowing Connection,
        _ parameters: [Parameter]
    ) throws -> [AlertHistory.Session] {
        try connection.query(SQLFiles.Alerts.historySessions, parameters)
            .map { row throws(PostgresError) in
                AlertHistory.Session(
                    agent: try row.text(0),
                    queue: try row.textIfPresent(1),
                    from: try row.second(2),
                    to: try row.secondIfPresent(3),
                    isPause: try row.bool(4),
                    reason: try row.text(5)
                )
            }
    }
}
