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

    /// Agents whose sessions must be rebuilt, each with all the names that the log has for them.
    ///
    /// - Parameters:
    ///   - touched: names with new events; `nil` for everybody, as after a restart of the PBX. If anybody's interface
    ///     has changed since the run began, everybody is rebuilt too.
    ///   - connection: in the transaction of the run.
    /// - Returns: the names by agent.
    /// - Throws: `PostgresError`.
    public func agents(touched: Set<String>?, _ connection: borrowing Connection) throws -> [String: Set<String>] {
        let nameOfInterface = try Self.nameOfInterface(connection, pbx)
        let touched = nameOfInterface == known ? touched : nil
        if let touched, touched.isEmpty { return [:] }
        let logged = try connection.query(
            SQLFiles.Load.sessionAgents,
            [.int64(Int64(pbx)), .textArray(QueueEvent.sessionKinds.map(\.rawValue))]
        ).map { row throws(PostgresError) in try row.text(0) }
        let name: (String) -> String = { nameOfInterface[Self.plain($0)] ?? $0 }
        let wanted = touched.map { Set($0.map(name)).union($0) }
        var agents: [String: Set<String>] = [:]
        for alias in logged where wanted?.contains(name(alias)) ?? true {
            agents[name(alias), default: []].insert(alias)
        }
        if touched == nil {
            // An agent whose phone now belongs to somebody else no longer has sessions there, and has no event that
            // says so.
            try connection.query(
                "select distinct agent from voip.agent_session where pbx_id = $1",
                [.int64(Int64(pbx))]
            ).forEach { row in
                let agent = try row.text(0)
                if agents[agent] == nil { agents[agent] = [] }
            }
        }
        return agents
    }

    /// All session events of an agent, and every restart, in ascending order.
    public func events(of names: Set<String>, _ connection: borrowing Connection) throws -> [QueueEvent] {
        var events: [QueueEvent] = []
        try connection.query(
            SQLFiles.Load.sessionEvents,
            [.int64(Int64(pbx)), .textArray(names.sorted()), .textArray(QueueEvent.sessionKinds.map(\.rawValue))],
            format: .binary
        ).forEach { row in
            if let event = try QueueEventRows.event(row) { events.append(event) }
        }
        return events
    }

    /// Replaces an agent's stored sessions, under any of the agent's names.
    public func replace(
        _ sessions: [AgentSession],
        of agent: String,
        names: Set<String>,
        _ connection: borrowing Connection
    ) throws {
        _ = try connection.query(
            "delete from voip.agent_session where pbx_id = $1 and agent = any($2)",
            [.int64(Int64(pbx)), .textArray(names.union([agent]).sorted())]
        )
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
