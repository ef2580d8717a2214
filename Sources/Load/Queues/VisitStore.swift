public import Base
public import CallRecords
public import Postgres
import Warehouse

/// Reads the events of the calls that a run has touched, and writes the visits made of them.
///
/// A call's visits are rebuilt from all its events whenever a new one arrives, so the order in which files are loaded
/// does not matter.
public struct VisitStore {
    private let pbx: Int16
    private var lastCallid = ""

    /// Calls in a page.
    private static let pageSize: Int64 = 5000
    private static let columns = """
        pbx_id, callid, queue, entry, source, entered_at, connected_at, left_at, outcome, wait_s, ring_s, talk_s, \
        position, left_position, agent, ended_by, transferred, transfer_target, exit_key, caller, caller_e164, entry_callid, \
        call_id
        """

    /// - Parameter pbx: `voip.pbx.pbx_id`.
    public init(pbx: Int16) { self.pbx = pbx }

    /// Also touches the calls whose visits are ended by newly loaded restarts between the first and the last.
    public func touchVisits(openAt restarts: ClosedRange<Moment>, _ connection: borrowing Connection) throws {
        _ = try connection.query(
            SQLFiles.Load.callidsOpenAt,
            [.int64(Int64(pbx)), .moment(restarts.lowerBound), .moment(restarts.upperBound)]
        )
    }

    /// The instants at which the PBX was started, ascending.
    public func restarts(_ connection: borrowing Connection) throws -> [Moment] {
        try connection.query(SQLFiles.Load.restarts, [.int64(Int64(pbx))], format: .binary)
            .map { row throws(PostgresError) in try row.moment(0) }
    }

    /// The next touched calls with all their events; empty when none are left.
    public mutating func nextCalls(_ connection: borrowing Connection) throws -> [CallEvents] {
        let callids = try connection.query(
            SQLFiles.Load.nextCallids,
            [.text(lastCallid), .int64(Self.pageSize)]
        ).map { row throws(PostgresError) in try row.text(0) }
        guard let last = callids.last else { return [] }
        lastCallid = last
        return try events(of: callids, connection)
    }

    /// Touches the calls whose visits may be parts of visits of touched calls, and returns them.
    public func touchSplitVisits(_ connection: borrowing Connection) throws -> [String] {
        try connection.execute(SQLFiles.Load.splitEdgeTable)
        _ = try connection.query(SQLFiles.Load.splitEdges, [.int64(Int64(pbx))])
        let callids = try connection.query(SQLFiles.Load.splitVisits)
            .map { row throws(PostgresError) in try row.text(0) }
        if !callids.isEmpty {
            _ = try connection.query("insert into touched_callid select unnest($1::text[])", [.textArray(callids)])
        }
        return callids
    }

    /// All events of some calls.
    public func events(of callids: [String], _ connection: borrowing Connection) throws -> [CallEvents] {
        var calls: [CallEvents] = []
        try connection.query(
            SQLFiles.Load.eventsOfCallids,
            [.textArray(callids), .int64(Int64(pbx)), .textArray(QueueEvent.visitKinds.map(\.rawValue))],
            format: .binary
        ).forEach { row in
            guard let event = try QueueEventRows.event(row) else { return }
            let callid = try row.text(0)
            if calls.last?.callid != callid { calls.append(CallEvents(callid: callid, events: [])) }
            calls[calls.count - 1].events.append(event)
        }
        return calls
    }

    /// Replaces the stored visits of some calls from the same source: `queue_log`, or `cdr` for visits estimated from
    /// legs. Fresh calls cannot have any yet.
    public func replace(
        _ calls: [CallVisits],
        source: Call.WaitSource,
        areFresh: Bool = false,
        _ connection: borrowing Connection
    ) throws {
        guard !calls.isEmpty else { return }
        if !areFresh {
            for group in NearbyIDs.groups(of: calls.map(\.callid)) {
                _ = try connection.query(
                    SQLFiles.Load.deleteVisits,
                    group.parameters + [.int64(Int64(pbx)), .text(source.rawValue)]
                )
            }
        }
        guard calls.contains(where: { !$0.visits.isEmpty }) else { return }
        _ = try connection.copyIn("copy voip.queue_visit (\(Self.columns)) from stdin (format binary)") { writer in
            for call in calls {
                for visit in call.visits { try write(visit, of: call, source, to: &writer) }
            }
        }
    }

    private func write(
        _ visit: QueueVisit,
        of call: CallVisits,
        _ source: Call.WaitSource,
        to writer: inout CopyWriter
    ) throws(PostgresError) {
        try writer.beginRow(columns: 23)
        writer.int16(pbx)
        writer.text(call.callid)
        writer.text(visit.queue)
        writer.int16(visit.entry)
        writer.text(source.rawValue)
        writer.moment(visit.enteredAt)
        writer.moment(ifPresent: visit.connectedAt)
        writer.moment(ifPresent: visit.leftAt)
        writer.text(visit.outcome.rawValue)
        for length in [visit.wait, visit.ring, visit.talk, visit.position, visit.leftPosition] {
            writer.int32(ifPresent: length)
        }
        writer.text(ifPresent: visit.agent)
        writer.text(ifPresent: visit.endedBy?.rawValue)
        writer.bool(visit.isTransferred)
        writer.text(ifPresent: visit.transferTarget)
        writer.text(ifPresent: visit.exitKey)
        writer.text(ifPresent: visit.caller)
        writer.text(ifPresent: visit.callerNumber?.description)
        switch visit.beginning {
        case .logged: writer.null()
        case .missing: writer.text("")
        case .loggedAs(let callid): writer.text(callid)
        }
        writer.int64(ifPresent: call.call)
    }
}
