internal import Base
internal import CallRecords
internal import Postgres
internal import Warehouse

/// What the warehouse has of a batch.
extension LegLoader {
    /// `nil` where the window holds so much more than the chunk that asking by key is cheaper.
    mutating func storedInWindow(of batch: LegBatch, _ connection: borrowing Connection) throws -> StoredLegs? {
        let starts = batch.selection.lazy.map { batch.times[$0].start }
        guard let first = starts.min(), let last = starts.max() else { return StoredLegs() }
        if let stored = recent.stored(from: first, through: last) { return stored }
        try firstLoad?.finish(connection)
        if last.seconds(since: first) >= crowdedSpan { return nil }
        let limit = batch.selection.count * 3 + 1000
        let rows = try connection.query(
            SQLFiles.Load.legsInWindow,
            [.moment(first), .moment(last), .int64(Int64(pbx)), .int64(Int64(limit))],
            format: .binary
        )
        guard rows.count == limit else { return try take(rows) }
        crowdedSpan = last.seconds(since: first)
        return nil
    }

    mutating func storedByName(
        of batch: LegBatch,
        _ connection: borrowing Connection
    ) throws -> StoredLegs {
        var ids: Set<String> = []
        var starts: Set<Moment> = []
        batch.records.texts.withUnsafeTexts { texts in
            for record in batch.selection {
                let uniqueid = texts[record, .uniqueid]
                if !uniqueid.isEmpty { ids.insert(String(decoding: uniqueid, as: UTF8.self)) }
                // Where one of the two sides has no uniqueid, the content decides, of which the start is a part.
                if hasNameless || uniqueid.isEmpty { starts.insert(batch.times[record].start) }
            }
        }
        return try take(
            connection.query(
                SQLFiles.Load.legsByName,
                [
                    .textArray(Array(ids)),
                    .momentArray(Array(starts)), .int64(Int64(pbx)),
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
            let uniqueid = row.withBytes(0) { self.channel($0) } ?? nil
            stored.insert(
                uniqueid: uniqueid?.hash,
                number: try row.int64(1),
                content: content,
                row: try row.int64(3),
                call: call
            )
            if let uniqueid { directory.insert(uniqueid.hash, call: call, id: uniqueid.parsed, isStored: true) }
            if let linkedid = row.withBytes(5, { self.channel($0) }) ?? nil {
                directory.insert(linkedid.hash, call: call, id: linkedid.parsed, isStored: false)
            }
        }
        return stored
    }

    func channel(_ bytes: UnsafeRawBufferPointer) -> ChannelID? { ChannelID(bytes.bindMemory(to: UInt8.self)) }
}
