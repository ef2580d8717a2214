public import CallRecords
public import Postgres
import Warehouse

/// Loads legs into `voip.cdr`: each once, later versions replacing earlier ones, each with its call.
///
/// The fastest method that can be repeated: fetch what the warehouse holds for the chunk's minutes, copy the new legs
/// straight into the table, and leave unchanged ones alone. Requires the run's lock: no other session may insert legs
/// of this PBX in the meantime. Works inside the transaction of the run.
public struct LegLoader {
    let pbx: Int16
    let firstLoad: FirstLoad
    var directory: CallDirectory
    var recent: RecentLegs
    /// Calls with a new or changed leg that are not in ``Loaded/fresh``.
    private var touched = IDRanges()
    /// Whether the warehouse may have legs without a uniqueid.
    var hasNameless: Bool
    /// The shortest span of starts that held too many legs; longer ones are not tried again.
    var crowdedSpan = Int64.max
    /// Whether the last batch had nothing new, so that the same is likely for the next.
    var expectsNothingNew = true
    /// Whether `evicted_key` exists.
    var hasEvictedKeys = false

    /// The result for a batch.
    public struct Loaded {
        /// Counts of the selected records.
        public var counters = Counters()
        /// Calls that begin with this batch, with their legs in it; nothing else is known about them yet.
        public var fresh: [(call: Int64, record: Int)] = []
    }

    /// Examines what the warehouse has.
    ///
    /// - Parameters:
    ///   - connection: in the transaction of the run.
    ///   - pbx: `voip.pbx.pbx_id`.
    ///   - keysInMemory: the number of uniqueids and linkedids whose calls are remembered; the warehouse knows the
    ///     others.
    ///   - legsInMemory: the number of legs that are remembered.
    ///   - firstLoad: the tables that were empty when the run began.
    /// - Throws: `PostgresError`.
    public init(
        _ connection: borrowing Connection,
        pbx: Int16,
        keysInMemory: Int,
        legsInMemory: Int,
        firstLoad: FirstLoad
    ) throws {
        (self.pbx, self.firstLoad) = (pbx, firstLoad)
        let latest = try connection.query("select max(start_at) from voip.cdr", format: .binary)
            .first { row throws(PostgresError) in try row.momentIfPresent(0) }
        let storedUpTo = latest.flatMap(\.self)
        directory = CallDirectory(storedUpTo: storedUpTo, capacity: keysInMemory)
        recent = RecentLegs(storedUpTo: storedUpTo, capacity: legsInMemory)
        hasNameless = try !connection.query(
            "select 1 from voip.cdr where uniqueid = '' and pbx_id = $1 limit 1",
            [.int64(Int64(pbx))]
        ).isEmpty
        try connection.execute(SQLFiles.Load.incomingLegs)
    }

    /// Loads the selected legs of a batch.
    public mutating func load(_ batch: LegBatch, into connection: borrowing Connection) throws -> Loaded {
        guard !batch.selection.isEmpty else { return Loaded() }
        try remember(directory.beginBatch(), connection)
        if let counters = try countUnchanged(batch, connection) { return Loaded(counters: counters) }
        let stored = try stored(of: batch, connection)
        do {
            return try firstLoad.savepoint(connection) { connection in try merge(batch, stored, connection) }
        } catch let error as PostgresError where error.isSQLState("23505") {
            // A leg whose start has moved, for instance after a time zone was corrected, is not in the window: look it
            // up by key.
            return try merge(batch, try storedByName(of: batch, connection), connection)
        }
    }

    /// Calls whose legs this run has changed, except fresh ones that did not change again.
    public var touchedCalls: IDRanges {
        var calls = touched
        for (part, whole) in mergedCalls {
            calls.remove(part)
            calls.insert(whole)
        }
        return calls
    }

    /// Whether this run assigned the call's id.
    public func isOwn(_ call: Int64) -> Bool { directory.isOwn(call) }

    /// Calls that turned out to be parts of others, each with the call that it is part of.
    public var mergedCalls: [Int64: Int64] { directory.merged }

    struct Change {
        let record: Int
        let stored: StoredLegs.Leg
    }

    private mutating func merge(
        _ batch: LegBatch,
        _ stored: StoredLegs,
        _ connection: borrowing Connection
    ) throws -> Loaded {
        var stored = stored
        var loaded = Loaded()
        var new: [Int] = []
        var changed: [Change] = []
        for record in batch.selection {
            let identity = batch.identities[record]
            let hasSequence = batch.records.headers[record].sequence != nil
            switch stored.match(identity, hasSequence: hasSequence) {
            case .new: new.append(record)
            case .changed(let leg): changed.append(Change(record: record, stored: leg))
            case .same(let leg) where directory.isOwn(leg.call): loaded.counters.duplicates += 1
            case .same: loaded.counters.unchanged += 1
            }
        }
        expectsNothingNew = new.isEmpty && changed.isEmpty
        // Ids grow within a run, so those assigned from here on begin with this batch.
        let firstFresh = directory.nextID
        let calls = try assignCalls(batch, new, changed, connection)
        if !new.isEmpty {
            loaded.counters.inserted = Int64(try copy(batch, new, calls, connection))
            recent.note(new, of: batch, calls: calls)
            hasNameless = hasNameless || new.contains { batch.identities[$0].isNameless }
            for (record, call) in zip(new, calls) {
                if call >= firstFresh, directory.isOwn(call) {
                    loaded.fresh.append((call, record))
                } else {
                    touched.insert(call)
                }
            }
        }
        if !changed.isEmpty {
            let updated = try update(batch, changed, connection)
            recent.forgetAll()
            loaded.counters.updated = updated
            loaded.counters.unchanged += Int64(changed.count) - updated
        }
        return loaded
    }

    private func copy(
        _ batch: LegBatch,
        _ new: [Int],
        _ calls: [Int64],
        _ connection: borrowing Connection
    ) throws -> Int {
        try batch.records.texts.withUnsafeTexts { texts in
            let filled = LegColumns.Texts(of: new, texts)
            return try connection.copyIn(LegColumns.copyStatement(filled)) { writer in
                for (record, call) in zip(new, calls) {
                    try LegColumns.write(record, of: batch, texts, filled, call: call, pbx: pbx, extra: 0, to: &writer)
                }
            }
        }
    }

    private mutating func update(
        _ batch: LegBatch,
        _ changed: [Change],
        _ connection: borrowing Connection
    ) throws -> Int64 {
        try firstLoad.buildKey(of: .legs, connection)
        _ = try connection.copyIn(LegColumns.copyIncomingStatement) { writer in
            try batch.records.texts.withUnsafeTexts { texts in
                for change in changed {
                    let header = batch.records.headers[change.record]
                    try LegColumns.write(
                        change.record,
                        of: batch,
                        texts,
                        call: change.stored.call,
                        pbx: pbx,
                        extra: 4,
                        to: &writer
                    )
                    writer.int64(change.stored.number)
                    writer.bool(change.stored.isNameless)
                    writer.bool(batch.times[change.record].isDerived)
                    writer.int32(Int32(bitPattern: header.cut.rawValue))
                }
            }
        }
        let rows = try connection.query(SQLFiles.Load.updateLegs, [.int64(Int64(pbx))], format: .binary)
        try rows.forEach { row in touched.insert(try row.int64(0)) }
        let updated = Int64(rows.count)
        try connection.execute("truncate incoming_leg")
        return updated
    }
}
