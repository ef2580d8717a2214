public import CallRecords
public import Postgres

/// Brings queue events into `voip.queue_event`, each once, and remembers whose story they change.
public struct QueueEventLoader {
    private let pbx: Int16
    /// Agents with a new session event, under the names in the log.
    public private(set) var touchedAgents: Set<String> = []
    /// The first and the last of the restarts that are new, if any.
    public private(set) var restarts: ClosedRange<Int64>?

    private static let columns =
        "at, event_hash, pbx_id, event, callid, queue, agent, data1, data2, data3, data4, data5"
    private static let copyStatement = "copy voip.queue_event (\(columns)) from stdin (format binary)"

    private struct Key: Hashable {
        var at: Int64
        var hash: Int64
    }

    /// - Parameters:
    ///   - connection: in the transaction of the run.
    ///   - pbx: `voip.pbx.pbx_id`.
    /// - Throws: `PostgresError`.
    public init(_ connection: borrowing Connection, pbx: Int16) throws {
        self.pbx = pbx
        try connection.execute(Statements.named("touched_callids"))
    }

    /// Loads the selected events of a batch.
    public mutating func load(_ events: QueueEvents, into connection: borrowing Connection) throws -> Counters {
        var counters = Counters()
        guard !events.selection.isEmpty else { return counters }
        let stored = try storedEvents(of: events, connection)
        var new: [Int] = []
        for record in events.selection {
            switch stored[Key(at: events.instants[record], hash: events.hashes[record])] {
            case nil: new.append(record)
            case true?: counters.duplicates += 1
            case false?: counters.unchanged += 1
            }
        }
        guard !new.isEmpty else { return counters }
        counters.inserted = Int64(try copy(new, of: events, connection))
        try remember(new, of: events, connection)
        return counters
    }

    /// What the warehouse holds of a batch, and whether this run brought it.
    private func storedEvents(
        of events: QueueEvents,
        _ connection: borrowing Connection
    ) throws -> [Key: Bool] {
        let instants = events.selection.map { events.instants[$0] }
        guard let first = instants.min(), let last = instants.max() else { return [:] }
        // Where the window holds much more than the batch, asking by name is cheaper.
        let limit = events.selection.count * 3 + 1000
        var rows = try connection.query(
            Statements.named("events_in_window"),
            [.timestamp(seconds: first), .timestamp(seconds: last), .int64(Int64(pbx)), .int64(Int64(limit))],
            format: .binary
        )
        if rows.count == limit {
            rows = try connection.query(
                Statements.named("events_by_key"),
                [
                    .timestampArray(microseconds: instants.map { $0 * 1_000_000 }),
                    .int64Array(events.selection.map { events.hashes[$0] }), .int64(Int64(pbx)),
                ],
                format: .binary
            )
        }
        var stored: [Key: Bool] = [:]
        try rows.forEach { row in
            stored[Key(at: try row.timestamp(0) / 1_000_000, hash: try row.int64(1))] = try row.bool(2)
        }
        return stored
    }

    private func copy(_ new: [Int], of events: QueueEvents, _ connection: borrowing Connection) throws -> Int {
        let order: [QueueEventField] = [.event, .callid, .queue, .agent, .data1, .data2, .data3, .data4, .data5]
        return try connection.copyIn(Self.copyStatement) { writer in
            try events.records.texts.withUnsafeTexts { texts in
                for record in new {
                    try writer.beginRow(columns: 12)
                    writer.timestamp(seconds: events.instants[record])
                    writer.int64(events.hashes[record])
                    writer.int16(pbx)
                    for field in order {
                        let text = texts[record, field]
                        if text.isEmpty { writer.null() } else { writer.text(UnsafeRawBufferPointer(text)) }
                    }
                }
            }
        }
    }

    private mutating func remember(
        _ new: [Int],
        of events: QueueEvents,
        _ connection: borrowing Connection
    ) throws {
        var callids: Set<String> = []
        for record in new {
            guard let kind = events.records.string(.event, of: record).flatMap(QueueEvent.Kind.init(rawValue:)) else {
                continue
            }
            if kind == .queueStart {
                let restart = events.instants[record]
                restarts = min(restarts?.lowerBound ?? restart, restart)...max(restarts?.upperBound ?? restart, restart)
            } else if QueueEvent.sessionKinds.contains(kind) {
                if let agent = events.records.string(.agent, of: record) { touchedAgents.insert(agent) }
            } else if QueueEvent.visitKinds.contains(kind), let callid = events.records.string(.callid, of: record) {
                callids.insert(callid)
            }
        }
        guard !callids.isEmpty else { return }
        _ = try connection.copyIn("copy touched_callid from stdin (format binary)") { writer in
            for callid in callids {
                try writer.beginRow(columns: 1)
                writer.text(callid)
            }
        }
    }
}
