public import Base
public import CallRecords
public import Postgres
import Warehouse

/// The persons behind the names in the queue_log, and the spans of time in which they were present.
///
/// ADDMEMBER and REMOVEMEMBER log the interface where CONNECT and PAUSE log the member's name (unless
/// `log_membername_as_agent` is set), so the two are matched first; the legs show which belong together.
public struct SessionStore {
    private let pbx: Int16
    /// The agent behind each interface when the run began.
    private let known: [String: String]

    /// Reads which agent is currently behind which interface.
    ///
    /// - Parameters:
    ///   - connection: in the transaction of the run.
    ///   - pbx: `voip.pbx.pbx_id`.
    /// - Throws: `PostgresError`.
    public init(_ connection: borrowing Connection, pbx: Int16) throws {
        self.pbx = pbx
        known = try Self.nameOfInterface(connection, pbx)
    }

    /// Learns from these calls which agents use which interfaces.
    public func learnAgents(of calls: [Int64], _ connection: borrowing Connection) throws {
        _ = try connection.query(SQLFiles.Load.learnAgents, [.int64(Int64(pbx)), .int64Array(calls)])
    }

    private static func nameOfInterface(
        _ connection: borrowing Connection,
        _ pbx: Int16
    ) throws -> [String: String] {
        var names: [String: String] = [:]
        try connection.query(SQLFiles.Load.agents, [.int64(Int64(pbx))]).forEach { row in
            names[plain(try row.text(0))] = try row.text(1)
        }
        return names
    }

    /// Agents whose sessions must be rebuilt, in the order of their names.
    ///
    /// - Parameters:
    ///   - touched: names with new events, and when the first of these happened.
    ///   - restart: the first new restart of the PBX: it changes everybody's sessions.
    ///   - connection: in the transaction of the run.
    /// - Throws: `PostgresError`.
    public func changes(
        touched: [String: Moment],
        restart: Moment?,
        _ connection: borrowing Connection
    ) throws -> [SessionChange] {
        let current = try Self.nameOfInterface(connection, pbx)
        let name: (String) -> String = { current[Self.plain($0)] ?? $0 }
        var since: [String: Moment] = [:]
        for (alias, at) in touched { since[name(alias)] = min(since[name(alias)] ?? at, at) }
        if let restart {
            for alias in try loggedNames(connection) {
                since[name(alias)] = min(since[name(alias)] ?? restart, restart)
            }
        }
        // A phone took its sessions from one agent to another, whatever the new events are.
        for interface in Set(known.keys).union(current.keys) where known[interface] != current[interface] {
            for agent in [known[interface], current[interface], interface, interface + "/n"].compactMap(\.self) {
                since[agent] = .distantPast
            }
        }
        let interfaces = Dictionary(grouping: current.keys) { current[$0] ?? $0 }
        return since.sorted { $0.key < $1.key }.map { agent, start in
            var names = Set(interfaces[agent, default: []].flatMap { [$0, $0 + "/n"] })
            if name(agent) == agent { names.insert(agent) }
            return SessionChange(agent: agent, names: names, start: start)
        }
    }

    /// Everybody who ever had a session event, by the names in the log.
    private func loggedNames(_ connection: borrowing Connection) throws -> [String] {
        var names: [String] = []
        // From one name to the next, since there are far fewer names than events.
        while let name = try connection.query(
            SQLFiles.Load.nextSessionAgent,
            [.int64(Int64(pbx)), .text(names.last ?? "")]
        ).first({ row throws(PostgresError) in try row.text(0) }) {
            names.append(name)
        }
        return names
    }

    /// When the PBX was started, ascending.
    public func restarts(_ connection: borrowing Connection) throws -> [Moment] {
        try connection.query(SQLFiles.Load.restarts, [.int64(Int64(pbx))], format: .binary)
            .map { row throws(PostgresError) in try row.moment(0) }
    }

    /// All session events of an agent from a moment on, without restarts.
    public func events(
        of names: Set<String>,
        from start: Moment,
        _ connection: borrowing Connection
    ) throws -> [QueueEvent] {
        var events: [QueueEvent] = []
        try connection.query(
            SQLFiles.Load.sessionEvents,
            [.int64(Int64(pbx)), .textArray(names.sorted()), .moment(start)],
            format: .binary
        ).forEach { row in
            if let event = try QueueEventRows.event(row) { events.append(event) }
        }
        return events
    }

    /// When an agent was last removed from each queue, in a span that excludes its end.
    public func removals(
        of names: Set<String>,
        in span: Range<Moment>,
        _ connection: borrowing Connection
    ) throws -> [(queue: String, at: Moment)] {
        try connection.query(
            SQLFiles.Load.sessionRemovals,
            [
                .int64(Int64(pbx)), .textArray(names.sorted()), .moment(span.lowerBound), .moment(span.upperBound),
            ],
            format: .binary
        ).map { row throws(PostgresError) in (try row.text(0), try row.moment(1)) }
    }

    /// The last stored session of each kind in each queue that an agent began before a moment.
    public func lastSessions(
        of agent: String,
        before start: Moment,
        _ connection: borrowing Connection
    ) throws -> [AgentSession] {
        var sessions: [AgentSession] = []
        var position: (kind: String, queue: String)? = ("", "")
        // From one kind and queue to the next, since each may have years of sessions.
        while let (kind, queue) = position {
            position = nil
            try connection.query(
                SQLFiles.Load.lastSession,
                [.int64(Int64(pbx)), .text(agent), .text(kind), .text(queue), .moment(start)],
                format: .binary
            ).forEach { row in
                let (kind, queue) = (try row.text(0), try row.text(1))
                position = (kind, queue)
                guard let kind = AgentSession.Kind(rawValue: kind), let startedAt = try row.momentIfPresent(2) else {
                    return
                }
                var session = AgentSession(kind: kind, queue: queue, startedAt: startedAt)
                session.endedAt = try row.momentIfPresent(3)
                session.reason = try row.textIfPresent(4)
                sessions.append(session)
            }
        }
        return sessions
    }

    /// Replaces an agent's stored sessions that lasted at a moment or began later.
    ///
    /// - Parameters:
    ///   - sessions: what takes their place.
    ///   - agent: whose they are.
    ///   - start: the moment.
    ///   - open: when those that lasted at that moment had begun.
    ///   - connection: in the transaction of the run.
    /// - Throws: `PostgresError`.
    public func replace(
        _ sessions: [AgentSession],
        of agent: String,
        from start: Moment,
        open: [Moment],
        _ connection: borrowing Connection
    ) throws {
        _ = try connection.query(
            SQLFiles.Load.deleteSessions,
            [.int64(Int64(pbx)), .text(agent), .moment(start), .momentArray(open)]
        )
        if sessions.isEmpty { return }
        let columns = "pbx_id, agent, kind, queue, started_at, ended_at, reason, ended_by"
        _ = try connection.copyIn("copy voip.agent_session (\(columns)) from stdin (format binary)") { writer in
            for session in sessions {
                try writer.beginRow(columns: 8)
                writer.int16(pbx)
                writer.text(agent)
                writer.text(session.kind.rawValue)
                writer.text(session.queue)
                writer.moment(session.startedAt)
                writer.moment(ifPresent: session.endedAt)
                writer.text(ifPresent: session.reason)
                writer.text(ifPresent: session.endedBy?.rawValue)
            }
        }
    }

    /// `Local/107@agents/n` and `Local/107@agents` are the same interface.
    private static func plain(_ interface: String) -> String {
        interface.hasSuffix("/n") ? String(interface.dropLast(2)) : interface
    }
}
