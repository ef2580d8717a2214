public import Base
public import CallRecords
public import Postgres
import Warehouse

/// Loads queue events into `voip.queue_event`, each once, and records whose visits and sessions they change.
///
/// The queue_log supersedes what came over AMI: whichever is loaded first, the same events remain.
public struct QueueEventLoader {
    private let pbx: Int16
    private let source: QueueEvent.Source
    /// The spans covered by the piece of the queue_log that is being loaded.
    private var spans = TimeSpans()
    /// Agents with a new session event, under the names in the log, and when the first of these happened.
    public internal(set) var touchedAgents: [String: Moment] = [:]
    /// The first and the last of the new restarts, if any.
    public internal(set) var restarts: ClosedRange<Moment>?

    private static let columns =
        "at, event_hash, pbx_id, event, callid, queue, agent, data1, data2, data3, data4, data5"

    private struct Key: Hashable {
        var at: Moment
        var hash: Int64
    }

    /// - Parameters:
    ///   - connection: in the transaction of the run.
    ///   - pbx: `voip.pbx.pbx_id`.
    ///   - source: the origin of the events.
    /// - Throws: `PostgresError`.
    public init(_ connection: borrowing Connection, pbx: Int16, source: QueueEvent.Source = .queueLog) throws {
        self.pbx = pbx
        self.source = source
        try connection.execute(SQLFiles.Load.touchedCallids)
    }

    /// Begins another file or table: between two of them, there may be events that neither contains.
    public mutating func beginPiece() { spans = TimeSpans() }

    /// The result for a batch.
    public struct Loaded {
        /// Counts of the selected events.
        public var counters = Counters()
        /// Events that the warehouse did not have.
        public var new: [Int] = []
    }

    /// Loads the selected events of a batch.
    ///
    /// - Parameters:
    ///   - events: the batch.
    ///   - touchingCalls: whether the visits of the new events' calls are to be built from the warehouse.
    ///   - connection: in the transaction of the run.
    /// - Throws: `PostgresError`.
    public mutating func load(
        _ events: QueueEvents,
        touchingCalls: Bool = true,
        into connection: borrowing Connection
    ) throws -> Loaded {
        var counters = Counters()
        guard !events.selection.isEmpty else { return Loaded() }
        let around = try enter(events, connection)
        let stored = try storedEvents(of: events, connection)
        var new: [Int] = []
        var adopted: [Int] = []
        for record in events.selection {
            switch stored[Key(at: events.instants[record], hash: events.hashes[record])] {
            case nil: new.append(record)
            case let known? where known.isAMI && source == .queueLog: adopted.append(record)
            case let known? where known.isOwn: counters.duplicates += 1
            default: counters.unchanged += 1
            }
        }
        try adopt(adopted, of: events, connection)
        counters.updated = Int64(adopted.count)
        counters.inserted = new.isEmpty ? 0 : Int64(try copy(new, of: events, connection))
        try remember(new, of: events, touchingCalls: touchingCalls, connection)
        let gone = try supersede(within: around, connection)
        if source == .ami {
            counters.inserted -= gone
            counters.unchanged += gone
        }
        return Loaded(counters: counters, new: new)
    }

    /// Records the spans of the queue_log that a batch covers. Returns the seconds in which it may supersede AMI
    /// events.
    private mutating func enter(
        _ events: QueueEvents,
        _ connection: borrowing Connection
    ) throws -> ClosedRange<Moment> {
        let instants = events.selection.map { events.instants[$0] }
        guard let first = instants.min(), let last = instants.max() else { return .distantPast ... .distantPast }
        var around = first...last
        guard source == .queueLog else { return around }
        for span in spans.insert(instants) {
            try join(span, connection)
            around = min(around.lowerBound, span.lowerBound)...max(around.upperBound, span.upperBound)
        }
        return around.lowerBound.adding(seconds: -Self.slack)...around.upperBound.adding(seconds: Self.slack)
    }

    /// Enters a span, joined with those that it meets.
    private func join(_ span: ClosedRange<Moment>, _ connection: borrowing Connection) throws {
        var (first, last) = (span.lowerBound, span.upperBound)
        try connection.query(
            SQLFiles.Load.joinSpans,
            [.int64(Int64(pbx)), .moment(first), .moment(last)],
            format: .binary
        ).forEach { row in
            first = min(first, try row.moment(0))
            last = max(last, try row.moment(1))
        }
        _ = try connection.query(SQLFiles.Load.addSpan, [.int64(Int64(pbx)), .moment(first), .moment(last)])
    }

    /// The most by which the log and AMI may differ, in seconds; the same as in `supersede_events.sql`.
    private static let slack: Int64 = 60

    /// Removes AMI events that the queue_log also contains, and records whose visits and sessions that changes.
    private mutating func supersede(
        within seconds: ClosedRange<Moment>,
        _ connection: borrowing Connection
    ) throws -> Int64 {
        var gone: [Told] = []
        try connection.query(
            SQLFiles.Load.supersedeEvents,
            [.int64(Int64(pbx)), .moment(seconds.lowerBound), .moment(seconds.upperBound)],
            format: .binary
        ).forEach { row in
            let event = Told(
                at: try row.moment(0),
                kind: QueueEvent.Kind(rawValue: try row.text(1)),
                callid: try row.textIfPresent(2),
                agent: try row.textIfPresent(3)
            )
            gone.append(event)
        }
        try touch(remember(gone), connection)
        return Int64(gone.count)
    }

    /// What is known about a stored event.
    private struct Known {
        /// Whether this run loaded it.
        var isOwn: Bool
        var isAMI: Bool
    }

    private func adopt(_ records: [Int], of events: QueueEvents, _ connection: borrowing Connection) throws {
        guard !records.isEmpty else { return }
        _ = try connection.query(
            SQLFiles.Load.markEventsLogged,
            [
                .momentArray(records.map { events.instants[$0] }),
                .int64Array(records.map { events.hashes[$0] }), .int64(Int64(pbx)),
            ]
        )
    }

    /// What the warehouse holds for a batch.
    private func storedEvents(
        of events: QueueEvents,
        _ connection: borrowing Connection
    ) throws -> [Key: Known] {
        let instants = events.selection.map { events.instants[$0] }
        guard let first = instants.min(), let last = instants.max() else { return [:] }
        // If the window holds much more than the batch, a lookup by key is cheaper.
        let limit = events.selection.count * 3 + 1000
        var rows = try connection.query(
            SQLFiles.Load.eventsInWindow,
            [.moment(first), .moment(last), .int64(Int64(pbx)), .int64(Int64(limit))],
            format: .binary
        )
        if rows.count == limit {
            rows = try connection.query(
                SQLFiles.Load.eventsByKey,
                [
                    .momentArray(instants),
                    .int64Array(events.selection.map { events.hashes[$0] }), .int64(Int64(pbx)),
                ],
                format: .binary
            )
        }
        var stored: [Key: Known] = [:]
        try rows.forEach { row in
            stored[Key(at: try row.moment(0), hash: try row.int64(1))] = Known(
                isOwn: try row.bool(2),
                isAMI: try row.bool(3)
            )
        }
        return stored
    }

    private func copy(_ new: [Int], of events: QueueEvents, _ connection: borrowing Connection) throws -> Int {
        let order: [QueueEventField] = [.event, .callid, .queue, .agent, .data1, .data2, .data3, .data4, .data5]
        // The column's default saves writing the value for millions of events.
        let isMarked = source != .queueLog
        let columns = Self.columns + (isMarked ? ", source" : "")
        return try connection.copyIn("copy voip.queue_event (\(columns)) from stdin (format binary)") { writer in
            try events.records.texts.withUnsafeTexts { texts in
                for record in new {
                    try writer.beginRow(columns: isMarked ? 13 : 12)
                    writer.moment(events.instants[record])
                    writer.int64(events.hashes[record])
                    writer.int16(pbx)
                    for field in order {
                        let text = texts[record, field]
                        if text.isEmpty { writer.null() } else { writer.text(UnsafeRawBufferPointer(text)) }
                    }
                    if isMarked { writer.text(source.rawValue) }
                }
            }
        }
    }
}
