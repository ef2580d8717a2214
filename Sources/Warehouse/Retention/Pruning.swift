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
        // Each statement still needs the rows that the following ones remove.
        if let events { try remove("queue_event", SQLFiles.Prune.events, before: events, connection, &summary) }
        if let legs { try remove("cdr", SQLFiles.Prune.legs, before: legs, connection, &summary) }
        if let calls {
            try remove("call_alias", SQLFiles.Prune.aliases, before: calls, connection, &summary)
            try remove("queue_visit", SQLFiles.Prune.visits, before: calls, connection, &summary)
            try remove("call", SQLFiles.Prune.calls, before: calls, connection, &summary)
            try removeSessions(before: calls, connection, &summary)
            try remove("callback", SQLFiles.Prune.callbacks, before: calls, connection, &summary)
        }
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
        before moment: Moment,
        _ connection: borrowing Connection,
        _ summary: inout Summary
    ) throws {
        let rows = try connection.query(sql, [.moment(moment)]).affected
        summary.removals.append(Summary.Removal(table: table, rows: rows))
    }

    private func removeSessions(
        before moment: Moment,
        _ connection: borrowing Connection,
        _ summary: inout Summary
    ) throws {
        let counts = try connection.query(SQLFiles.Prune.sessions, [.moment(moment)], format: .binary)
            .first { row throws(PostgresError) in (try row.int64(0), try row.int64(1)) }
        summary.removals.append(Summary.Removal(table: "agent_session", rows: Int(clamping: counts?.0 ?? 0)))
        guard let index = summary.removals.firstIndex(where: { $0.table == "queue_event" }) else { return }
        let events = summary.removals[index].rows + Int(clamping: counts?.1 ?? 0)
        summary.removals[index] = Summary.Removal(table: "queue_event", rows: events)
    }
}
