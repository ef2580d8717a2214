import CallRecords
import Postgres
import Warehouse

/// Which call a leg belongs to.
extension LegLoader {
    /// The calls of the new legs, and the joins that new and changed legs cause.
    mutating func assignCalls(
        _ batch: LegBatch,
        _ new: [Int],
        _ changed: [Change],
        _ connection: borrowing Connection
    ) throws -> [Int64] {
        try lookUpKeys(batch, new + changed.map(\.record), connection)
        var calls: [Int64] = []
        calls.reserveCapacity(new.count)
        for record in new {
            let identity = batch.identities[record]
            let known = directory.call(of: identity.uniqueid) ?? identity.otherName.flatMap(directory.call)
            calls.append(note(record, of: batch, try known ?? newCall(connection)))
        }
        for change in changed { _ = note(change.record, of: batch, change.stored.call) }
        return calls.map(directory.root)
    }

    /// Records the call of a leg's ids, and joins it with the calls that they already had. Returns the resulting call.
    private mutating func note(_ record: Int, of batch: LegBatch, _ call: Int64) -> Int64 {
        let (header, identity) = (batch.records.headers[record], batch.identities[record])
        let call = directory.insert(identity.uniqueid, call: call, id: header.uniqueid?.parsed, isStored: true)
        guard let linkedid = identity.otherName else { return call }
        return directory.insert(linkedid, call: call, id: header.linkedid?.parsed, isStored: false)
    }

    private mutating func newCall(_ connection: borrowing Connection) throws -> Int64 {
        if let call = directory.newCall() { return call }
        let start = try connection.query("select nextval('voip.call_id')", format: .binary)
            .first { row throws(PostgresError) in try row.int64(0) }
        directory.addBlock(start ?? 0)
        return directory.newCall() ?? 0
    }

    /// Looks up, in the warehouse, the keys that it may know and the directory does not.
    private mutating func lookUpKeys(
        _ batch: LegBatch,
        _ records: [Int],
        _ connection: borrowing Connection
    ) throws {
        var unknown: [Hash128: String] = [:]
        batch.records.texts.withUnsafeTexts { texts in
            for record in records {
                let (header, identity) = (batch.records.headers[record], batch.identities[record])
                if !identity.isNameless, isUnknown(identity.uniqueid, header.uniqueid) {
                    unknown[identity.uniqueid] = String(decoding: texts[record, .uniqueid], as: UTF8.self)
                }
                if let linkedid = identity.otherName, isUnknown(linkedid, header.linkedid) {
                    unknown[linkedid] = String(decoding: texts[record, .linkedid], as: UTF8.self)
                }
            }
        }
        guard !unknown.isEmpty else { return }
        try firstLoad.buildKey(of: .legs, connection)
        for group in NearbyIDs.groups(of: unknown.values) {
            let rows = try connection.query(
                SQLFiles.Load.callsByKey,
                group.parameters + [.int64(Int64(pbx))],
                format: .binary
            )
            try rows.forEach { row in
                guard let key = row.withBytes(0, { self.channel($0) }) ?? nil else { return }
                // One key may lead to two calls in two ways: then they are one call.
                directory.insert(key.hash, call: try row.int64(1), id: key.parsed, isStored: true)
            }
        }
        if hasEvictedKeys { try recall(unknown, connection) }
    }

    private func isUnknown(_ key: Hash128, _ id: ChannelID?) -> Bool {
        directory.mayBeStored(id?.parsed) && directory.call(of: key) == nil
    }

    // MARK: - What the directory forgot

    /// Keeps keys that nothing else would find until the run has written its calls.
    mutating func remember(
        _ forgotten: [CallDirectory.Forgotten],
        _ connection: borrowing Connection
    ) throws {
        guard !forgotten.isEmpty else { return }
        if !hasEvictedKeys { try connection.execute(SQLFiles.Load.evictedKeys) }
        hasEvictedKeys = true
        _ = try connection.copyIn("copy evicted_key from stdin (format binary)") { writer in
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
            "select low, high, call_id from evicted_key where low = any($1)",
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
