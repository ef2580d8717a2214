public import Base
public import Postgres

/// Removes what is older than a policy allows, in one transaction.
///
/// Whole calls are removed, so that the rest adds up: a call, its legs, its visits and their events are as old as the
/// end of the call. The moment from which records are kept is stored in `voip.retention`; later runs do not load older
/// records again, and the integrity checks do not expect them.
public struct Pruning: Sendable {
    /// What was removed, or would be.
    public struct Summary: Sendable {
        /// Rows that were removed from one table.
        public struct Removal: Sendable, Hashable {
            /// The table, without schema.
            public let table: String
            /// The number of rows.
            public let rows: Int
        }

        /// In the order in which they were removed.
        public internal(set) var removals: [Removal] = []
        /// The moment from which calls, legs, events and rejects are kept, by kind; only for kinds with an age in the
        /// policy.
        public internal(set) var keptFrom: [(kind: String, moment: Moment)] = []
    }

    private let policy: RetentionPolicy

    /// - Parameter policy: How long each kind is kept.
    public init(_ policy: RetentionPolicy) { self.policy = policy }

    /// Prunes. No load may run at the same time.
    ///
    /// - Parameters:
    ///   - connection: To a warehouse with every migration.
    ///   - isDryRun: Whether everything is rolled back at the end.
    /// - Throws: `PostgresError`.
    public func run(_ connection: borrowing Connection, isDryRun: Bool = false) throws -> Summary {
        var summary = Summary()
        try connection.transaction(isDryRun: isDryRun) { connection in
            try prune(connection, &summary)
            let hasFewerCalls = summary.removals.contains { $0.table == "call" && $0.rows > 0 }
            if hasFewerCalls, !isDryRun { try connection.execute(SQLFiles.Prune.rebuildSearch) }
        }
        return summary
    }

    private func prune(_ connection: borrowing Connection, _ summary: inout Summary) throws {
        let calls = try horizon(policy.calls, connection)
        let legs = latest(try horizon(policy.legs, connection), calls)
        let events = latest(try horizon(policy.events, connection), calls)
        // Events of sessions go first: where events are kept by month, a month with one of them could not be dropped. Each
        // of the other statements still needs the rows that the following ones remove.
        let sessions = try calls.map { try removeSessions(before: $0, connection) }
        if let events {
            try remove("queue_event", SQLFiles.Prune.events, .events, before: events, connection, &summary)
        }
        if let legs { try remove("cdr", SQLFiles.Prune.legs, .legs, before: legs, connection, &summary) }
        if let calls {
            try remove("call_alias", SQLFiles.Prune.aliases, before: calls, connection, &summary)
            try remove("queue_visit", SQLFiles.Prune.visits, .visits, before: calls, connection, &summary)
            try remove("call", SQLFiles.Prune.calls, before: calls, connection, &summary)
            try remove("callback", SQLFiles.Prune.callbacks, before: calls, connection, &summary)
        }
        if let sessions { summary.add(sessions) }
        for case (let kind, let moment?) in [("calls", calls), ("legs", legs), ("events", events)] {
            _ = try connection.query(SQLFiles.Prune.keepFrom, [.text(kind), .moment(moment)])
            summary.keptFrom.append((kind, moment))
        }
        if let rejects = try horizon(policy.rejects, connection) {
            try remove("reject", SQLFiles.Prune.rejects, before: rejects, connection, &summary)
            summary.keptFrom.append(("rejects", rejects))
        }
    }

    /// The cut-off by the server's clock, in whole seconds.
    private func horizon(_ age: RetentionAge?, _ connection: borrowing Connection) throws -> Moment? {
        guard let age else { return nil }
        return try connection.query(
            "select date_trunc('second', now() - $1::text::interval)",
            [.text(age.interval)],
            format: .binary
        ).first { row throws(PostgresError) in try row.moment(0) }
    }

    private func latest(_ first: Moment?, _ second: Moment?) -> Moment? {
        [first, second].compactMap(\.self).max()
    }

    private func remove(
        _ table: String,
        _ sql: String,
        _ months: ExpiredMonths? = nil,
        before moment: Moment,
        _ connection: borrowing Connection,
        _ summary: inout Summary
    ) throws {
        let dropped = try months?.drop(before: moment, connection) ?? 0
        let deleted = try connection.query(sql, [.moment(moment)]).affected
        summary.removals.append(Summary.Removal(table: table, rows: dropped + deleted))
    }

    /// Removes sessions, and the events from which they were made. Returns how many of each.
    private func removeSessions(
        before moment: Moment,
        _ connection: borrowing Connection
    ) throws -> (sessions: Int, events: Int) {
        let counts = try connection.query(SQLFiles.Prune.sessions, [.moment(moment)], format: .binary)
            .first { row throws(PostgresError) in (try row.int64(0), try row.int64(1)) }
        return (Int(clamping: counts?.0 ?? 0), Int(clamping: counts?.1 ?? 0))
    }
}

extension Pruning.Summary {
    /// Adds sessions and their events, as the last but one of what a policy for calls removes.
    fileprivate mutating func add(_ removed: (sessions: Int, events: Int)) {
        removals.insert(Removal(table: "agent_session", rows: removed.sessions), at: max(0, removals.count - 1))
        guard let index = removals.firstIndex(where: { $0.table == "queue_event" }) else { return }
        removals[index] = Removal(table: "queue_event", rows: removals[index].rows + removed.events)
    }
}
