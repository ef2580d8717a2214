public import CallRecords
public import Postgres

/// Brings legs into `voip.cdr`: each once, later versions in the place of earlier ones, each with its call.
///
/// The fastest way that can be run again and again: send for what the warehouse holds of the chunk's minutes, copy the
/// new legs straight into the table, and touch nothing that is the same. Needs the run's lock: nobody else may insert legs
/// of this PBX meanwhile. Works inside the transaction of the run.
public struct LegLoader {
    private let pbx: Int16
    private var directory: CallDirectory
    private var recent: RecentLegs
    /// `nil` before the first batch, and where that is small.
    private var firstLoad: FirstLoad?
    private var hasBegun = false
    private let firstLoadFrom: Int
    /// Calls with a new or changed leg that are not ``Loaded/fresh``.
    private var touched = IDRanges()
    /// Whether the warehouse may have legs without a uniqueid.
    private var hasNameless: Bool
    /// The shortest span of starts that held too much; longer ones are not tried again.
    private var crowdedSpan = Int64.max
    /// Whether `forgotten_key` is there.
    private var hasForgottenKeys = false

    /// What became of a batch.
    public struct Loaded {
        /// Of the selected records.
        public var counters = Counters()
        /// Calls that begin with this batch, with their legs in it: nothing else of them is known yet.
        public var fresh: [(call: Int64, record: Int)] = []
    }

    /// Looks at what the warehouse has.
    ///
    /// - Parameters:
    ///   - connection: in the transaction of the run.
    ///   - pbx: `voip.pbx.pbx_id`.
    ///   - keysInMemory: uniqueids and linkedids of which the calls are remembered; the warehouse knows the others.
    ///   - firstLoadFrom: so many legs in the first batch are worth taking an empty warehouse for this run alone.
    /// - Throws: `PostgresError`.
    public init(
        _ connection: borrowing Connection,
        pbx: Int16,
        keysInMemory: Int = 160_000,
        firstLoadFrom: Int = 5000
    ) throws {
        (self.pbx, self.firstLoadFrom) = (pbx, firstLoadFrom)
        let latest = try connection.query("select max(start_at) from voip.cdr", format: .binary)
            .first { row throws(PostgresError) in try row.timestampIfPresent(0) }
        let storedUpTo = latest.flatMap(\.self).map { $0 / 1_000_000 }
        directory = CallDirectory(storedUpTo: storedUpTo, capacity: keysInMemory)
        recent = RecentLegs(storedUpTo: storedUpTo)
        hasNameless = try !connection.query(
            "select from voip.cdr where uniqueid = '' and pbx_id = $1 limit 1",
            [.int64(Int64(pbx))]
        ).isEmpty
        try connection.execute(Statements.named("incoming_legs"))
    }

    /// Loads the selected legs of a batch.
    public mutating func load(_ batch: LegBatch, into connection: borrowing Connection) throws -> Loaded {
        guard !batch.selection.isEmpty else { return Loaded() }
        if !hasBegun, batch.selection.count >= firstLoadFrom { firstLoad = try FirstLoad(connection) }
        hasBegun = true
        try remember(directory.beginBatch(), connection)
        var stored = try storedInWindow(of: batch, connection)
        if stored == nil { stored = try storedByName(of: batch, connection) }
        do {
            return try connection.savepoint { connection in
                try merge(batch, stored ?? StoredLegs(), connection)
            }
        } catch let error as PostgresError where error.isSQLState("23505") {
            // A leg whose start has moved, as when a wrong time zone was corrected, is not in the window: ask by name.
            return try merge(batch, try storedByName(of: batch, connection), connection)
        }
    }

    /// Ends the load: from here on the legs of a call, or of a time, are found quickly.
    public mutating func finish(_ connection: borrowing Connection) throws { try firstLoad?.finish(connection) }

    /// Calls whose legs this run has changed, those apart that were fresh and stayed as they were.
    public var touchedCalls: IDRanges {
        var calls = touched
        for (part, whole) in absorbedCalls {
            calls.remove(part)
            calls.insert(whole)
        }
        return calls
    }

    /// Whether this run has numbered the call.
    public func isOwn(_ call: Int64) -> Bool { directory.isOwn(call) }

    /// Calls that turned out to be parts of others, with the call that they are part of.
    public var absorbedCalls: [Int64: Int64] {
        directory.absorbed.mapValues(directory.root)
    }

    // MARK: - What is there

    /// `nil` where the window holds so much more than the chunk that asking by key is cheaper.
    private mutating func storedInWindow(of batch: LegBatch, _ connection: borrowing Connection) throws -> StoredLegs? {
        let starts = batch.selection.lazy.map { batch.times[$0].start }
        guard let first = starts.min(), let last = starts.max() else { return StoredLegs() }
        if let stored = recent.stored(from: first, through: last) { return stored }
        try firstLoad?.finish(connection)
        if last - first >= crowdedSpan { return nil }
        let limit = batch.selection.count * 3 + 1000
        let rows = try connection.query(
            Statements.named("legs_in_window"),
            [.timestamp(seconds: first), .timestamp(seconds: last), .int64(Int64(pbx)), .int64(Int64(limit))],
            format: .binary
        )
        guard rows.count == limit else { return try take(rows) }
        crowdedSpan = last - first
        return nil
    }

    private mutating func storedByName(
        of batch: LegBatch,
        _ connection: borrowing Connection
    ) throws -> StoredLegs {
        var ids: Set<String> = []
        var starts: Set<Int64> = []
        batch.records.texts.withUnsafeTexts { texts in
            for record in batch.selection {
                let uniqueid = texts[record, .uniqueid]
                if !uniqueid.isEmpty { ids.insert(String(decoding: uniqueid, as: UTF8.self)) }
                // Where one of the two sides has no uniqueid, the content decides, of which the start is a part.
                if hasNameless || uniqueid.isEmpty { starts.insert(batch.times[record].start * 1_000_000) }
            }
        }
        return try take(
            connection.query(
                Statements.named("legs_by_name"),
                [
                    .textArray(Array(ids)),
                    .timestampArray(microseconds: Array(starts)), .int64(Int64(pbx)),
                ],
                format: .binary
            )
        )
    }

    private mutating func take(_ rows: consuming Rows) throws -> StoredLegs {
        var stored = StoredLegs()
        try rows.forEach { row in
            let content = try row.int64(2)
            let call = try row.int64(4)
            let uniqueid = row.withBytes(0) { self.key($0) } ?? nil
            stored.insert(
                uniqueid: uniqueid?.hash,
                number: try row.int64(1),
                content: content,
                row: try row.int64(3),
                call: call
            )
            if let uniqueid { directory.insert(uniqueid.hash, call: call, id: uniqueid.id, isStored: true) }
            if let linkedid = row.withBytes(5, { self.key($0) }) ?? nil {
                directory.insert(linkedid.hash, call: call, id: linkedid.id, isStored: false)
            }
        }
        return stored
    }

    private func key(_ bytes: UnsafeRawBufferPointer) -> (hash: Hash128, id: UniqueID?)? {
        let text = bytes.bindMemory(to: UInt8.self)
        return text.isEmpty ? nil : (Hash128(text), UniqueID(parsing: text))
    }

    // MARK: - What is new

    private struct Change {
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
        // Ids grow within a run, so what is numbered from here on begins with this batch.
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
        try connection.copyIn(LegColumns.copyStatement) { writer in
            try batch.records.texts.withUnsafeTexts { texts in
                for (record, call) in zip(new, calls) {
                    try LegColumns.write(record, of: batch, texts, call: call, pbx: pbx, extra: 0, to: &writer)
                }
            }
        }
    }

    private mutating func update(
        _ batch: LegBatch,
        _ changed: [Change],
        _ connection: borrowing Connection
    ) throws -> Int64 {
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
        let rows = try connection.query(Statements.updateLegs, format: .binary)
        try rows.forEach { row in touched.insert(try row.int64(0)) }
        let updated = Int64(rows.count)
        try connection.execute("truncate incoming_leg")
        return updated
    }

    // MARK: - Which call

    /// The calls of the new legs, and the joins that new and changed legs bring about.
    private mutating func assignCalls(
        _ batch: LegBatch,
        _ new: [Int],
        _ changed: [Change],
        _ connection: borrowing Connection
    ) throws -> [Int64] {
        try lookUpKeys(batch, new + changed.map(\.record), connection)
        var calls: [Int64] = []
        calls.reserveCapacity(new.count)
        try batch.records.texts.withUnsafeTexts { texts in
            for record in new {
                let identity = batch.identities[record]
                let known = directory.call(of: identity.uniqueid) ?? identity.otherName.flatMap(directory.call)
                calls.append(note(identity, texts, record, try known ?? newCall(connection)))
            }
            for change in changed {
                _ = note(batch.identities[change.record], texts, change.record, change.stored.call)
            }
        }
        return calls.map(directory.root)
    }

    /// Notes the call of a leg's ids, and joins it with the calls that they had. Returns the call of them all.
    private mutating func note(_ identity: LegIdentity, _ texts: UnsafeTexts, _ record: Int, _ call: Int64) -> Int64 {
        let id = UniqueID(parsing: texts[record, .uniqueid])
        let call = directory.insert(identity.uniqueid, call: call, id: id, isStored: true)
        guard let linkedid = identity.otherName else { return call }
        return directory.insert(
            linkedid,
            call: call,
            id: UniqueID(parsing: texts[record, .linkedid]),
            isStored: false
        )
    }

    private mutating func newCall(_ connection: borrowing Connection) throws -> Int64 {
        if let call = directory.newCall() { return call }
        let start = try connection.query("select nextval('voip.call_id')", format: .binary)
            .first { row throws(PostgresError) in try row.int64(0) }
        directory.addBlock(start ?? 0)
        return directory.newCall() ?? 0
    }

    /// Asks the warehouse for the keys that it may know and the directory does not.
    private mutating func lookUpKeys(
        _ batch: LegBatch,
        _ records: [Int],
        _ connection: borrowing Connection
    ) throws {
        var unknown: [Hash128: String] = [:]
        batch.records.texts.withUnsafeTexts { texts in
            for record in records {
                for field in [CDRField.uniqueid, .linkedid] {
                    let text = texts[record, field]
                    guard !text.isEmpty, directory.mayBeStored(UniqueID(parsing: text)) else { continue }
                    let hash = Hash128(text)
                    if directory.call(of: hash) == nil { unknown[hash] = String(decoding: text, as: UTF8.self) }
                }
            }
        }
        guard !unknown.isEmpty else { return }
        let rows = try connection.query(
            Statements.named("calls_by_key"),
            [.textArray(Array(unknown.values)), .int64(Int64(pbx))],
            format: .binary
        )
        try rows.forEach { row in
            guard let key = row.withBytes(0, { self.key($0) }) ?? nil else { return }
            // One key may lead to two calls by two ways: then they are one.
            directory.insert(key.hash, call: try row.int64(1), id: key.id, isStored: true)
        }
        if hasForgottenKeys { try recall(unknown, connection) }
    }

    // MARK: - What the directory forgot

    /// Keeps keys that nobody else would find until the run has written its calls.
    private mutating func remember(
        _ forgotten: [CallDirectory.Forgotten],
        _ connection: borrowing Connection
    ) throws {
        guard !forgotten.isEmpty else { return }
        if !hasForgottenKeys { try connection.execute(Statements.named("forgotten_keys")) }
        hasForgottenKeys = true
        _ = try connection.copyIn("copy forgotten_key from stdin (format binary)") { writer in
            for entry in forgotten {
                try writer.beginRow(columns: 3)
                writer.int64(Int64(bitPattern: entry.key.low))
                writer.int64(Int64(bitPattern: entry.key.high))
                writer.int64(entry.call)
            }
        }
    }

    private mutating func recall(_ unknown: [Hash128: String], _ connection: borrowing Connection) throws {
        let rows = try connection.query(
            "select low, high, call_id from forgotten_key where low = any($1)",
            [.int64Array(unknown.keys.map { Int64(bitPattern: $0.low) })],
            format: .binary
        )
        try rows.forEach { row in
            var key = Hash128(content: 0)
            key.low = UInt64(bitPattern: try row.int64(0))
            key.high = UInt64(bitPattern: try row.int64(1))
            guard let id = unknown[key] else { return }
            directory.insert(key, call: try row.int64(2), id: UniqueID(id), isStored: false)
        }
    }
}
