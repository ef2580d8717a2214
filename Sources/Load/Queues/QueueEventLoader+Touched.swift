import Base
import CallRecords
public import Postgres

/// Whose visits and sessions the loaded events change.
extension QueueEventLoader {
    /// The parts of an event that determine whose visits and sessions it changes.
    struct Told {
        var at: Moment
        /// `nil` for an event that neither visits nor sessions use.
        var kind: QueueEvent.Kind?
        var callid: String?
        var agent: String?
    }

    mutating func remember(
        _ new: [Int],
        of events: QueueEvents,
        touchingCalls: Bool,
        _ connection: borrowing Connection
    ) throws {
        let told = new.map { record in
            Told(
                at: events.instants[record],
                kind: events.records.string(.event, of: record).flatMap(QueueEvent.Kind.init(rawValue:)),
                callid: events.records.string(.callid, of: record),
                agent: events.records.string(.agent, of: record)
            )
        }
        let callids = remember(told)
        if touchingCalls { try touch(callids, connection) }
    }

    /// Records whose sessions some events change. Returns the calls whose visits they change.
    mutating func remember(_ events: [Told]) -> Set<String> {
        var callids: Set<String> = []
        for event in events {
            guard let kind = event.kind else { continue }
            if kind == .queueStart {
                restarts =
                    min(restarts?.lowerBound ?? event.at, event.at)...max(restarts?.upperBound ?? event.at, event.at)
            } else if QueueEvent.sessionKinds.contains(kind) {
                if let agent = event.agent { touchedAgents[agent] = min(touchedAgents[agent] ?? event.at, event.at) }
            } else if QueueEvent.visitKinds.contains(kind), let callid = event.callid {
                callids.insert(callid)
            }
        }
        return callids
    }

    /// Records calls whose visits are to be built from the warehouse.
    ///
    /// - Throws: `PostgresError`.
    public func touch(_ callids: some Collection<String>, _ connection: borrowing Connection) throws {
        guard !callids.isEmpty else { return }
        _ = try connection.copyIn("copy touched_callid from stdin (format binary)") { writer in
            for callid in callids {
                try writer.beginRow(columns: 1)
                writer.text(callid)
            }
        }
    }
}
