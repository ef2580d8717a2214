import Base
import CallRecords
import Postgres
import Warehouse

/// What the warehouse has for a batch.
extension LegLoader {
    /// The counters of a batch if the warehouse has every leg of it unchanged; `nil` if one is missing, or if the query
    /// would not be worthwhile.
    ///
    /// A leg's number and the hash of everything stored for it are enough, a quarter of what ``stored(of:_:)`` fetches.
    /// A run with nothing new does little else.
    mutating func countUnchanged(_ batch: LegBatch, _ connection: borrowing Connection) throws -> Counters? {
        guard expectsNothingNew, let starts = batch.starts, !recent.isComplete(from: starts.lowerBound),
            let rows = try rows(SQLFiles.Load.legVersionsInWindow, of: batch, starts, connection)
        else { return nil }
        var calls: [LegVersion: Int64] = [:]
        calls.reserveCapacity(rows.count)
        try rows.forEach { row in
            calls[LegVersion(number: try row.int64(0), row: try row.int64(1))] = try row.int64(2)
        }
        var counters = Counters()
        for record in batch.selection {
            let identity = batch.identities[record]
            guard let call = calls[LegVersion(number: identity.legNumber, row: identity.row)] else {
                expectsNothingNew = false
                return nil
            }
            if directory.isOwn(call) { counters.duplicates += 1 } else { counters.unchanged += 1 }
        }
        return counters
    }

    /// When the channels of the batch were created, by which versions of its legs are found as long as legs have no key;
    /// `nil` once they have one.
    ///
    /// Builds the key if a leg of the batch may be stored already without being remembered: nothing else would show that
    /// its start has moved.
    private func creationsInsteadOfKey(
        _ batch: LegBatch,
        _ connection: borrowing Connection
    ) throws -> ClosedRange<Moment>? {
        guard firstLoad.lacksKey(.legs) else { return nil }
        let creations = batch.creations
        let areRemembered = creations.map { recent.hasEveryLeg(ofChannelsCreatedFrom: $0.lowerBound) } ?? true
        if areRemembered, batch.namesAreDated { return creations }
        try firstLoad.buildKey(of: .legs, connection)
        return nil
    }

    /// The stored legs of which a leg in the batch may be a version, and some others.
    mutating func stored(of batch: LegBatch, _ connection: borrowing Connection) throws -> StoredLegs {
        guard let starts = batch.starts else { return StoredLegs() }
        let created = try creationsInsteadOfKey(batch, connection)
        if let stored = recent.stored(from: starts.lowerBound, through: starts.upperBound, created: created) {
            return stored
        }
        guard let rows = try rows(SQLFiles.Load.legsInWindow, of: batch, starts, connection) else {
            return try storedByName(of: batch, connection)
        }
        var stored = StoredLegs()
        try take(rows, into: &stored)
        return stored
    }

    /// What the warehouse has in a window; `nil` if that is so much more than the batch that a lookup by key is
    /// cheaper.
    private mutating func rows(
        _ statement: String,
        of batch: LegBatch,
        _ starts: ClosedRange<Moment>,
        _ connection: borrowing Connection
    ) throws -> Rows? {
        try firstLoad.buildIndexes(of: [.legs, .calls], connection)
        let span = starts.upperBound.seconds(since: starts.lowerBound)
        if span >= crowdedSpan { return nil }
        let limit = batch.selection.count * 3 + 1000
        let rows = try connection.query(
            statement,
            [.moment(starts.lowerBound), .moment(starts.upperBound), .int64(Int64(pbx)), .int64(Int64(limit))],
            format: .binary
        )
        if rows.count < limit { return rows }
        crowdedSpan = span
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
                // If one of the two sides has no uniqueid, the content decides, which includes the start.
                if hasNameless || uniqueid.isEmpty { starts.insert(batch.times[record].start) }
            }
        }
        try firstLoad.buildKey(of: .legs, connection)
        var stored = StoredLegs()
        let groups = NearbyIDs.groups(of: ids).map(\.parameters)
        // The starts are looked up once, also where no leg has an id.
        for (index, group) in (groups.isEmpty ? [NearbyIDs.noParameters] : groups).enumerated() {
            let rows = try connection.query(
                SQLFiles.Load.legsByName,
                group + [.momentArray(index == 0 ? Array(starts) : []), .int64(Int64(pbx))],
                format: .binary
            )
            try take(rows, into: &stored)
        }
        return stored
    }

    private mutating func take(_ rows: consuming Rows, into stored: inout StoredLegs) throws {
        stored.reserveCapacity(rows.count)
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
    }

    func channel(_ bytes: UnsafeRawBufferPointer) -> ChannelID? { ChannelID(bytes.bindMemory(to: UInt8.self)) }
}

/// A leg's number, and the hash of everything stored for it.
private struct LegVersion: Hashable {
    var number: Int64
    var row: Int64

    func hash(into hasher: inout Hasher) { hasher.combine(row) }

    /// The row already is a hash.
    func _rawHashValue(seed: Int) -> Int { Int(truncatingIfNeeded: row) ^ seed }
}

extension LegBatch {
    /// When the channels of its legs were created; `nil` if no uniqueid says so.
    fileprivate var creations: ClosedRange<Moment>? {
        selection.lazy.compactMap { records.headers[$0].uniqueid?.parsed?.created }.reduce(nil) { range, created in
            min(range?.lowerBound ?? created, created)...max(range?.upperBound ?? created, created)
        }
    }

    /// Whether versions of one leg have a time in common: when its channel was created, or, without a uniqueid, when the
    /// leg began, which is a part of the content by which it is known.
    fileprivate var namesAreDated: Bool {
        selection.allSatisfy { record in
            let header = records.headers[record]
            return identities[record].isNameless ? header.sequence == nil : header.uniqueid?.parsed != nil
        }
    }

    /// When its first and last legs begin; `nil` if it has none.
    fileprivate var starts: ClosedRange<Moment>? {
        guard let one = selection.first.map({ times[$0].start }) else { return nil }
        return selection.reduce(one...one) { range, record in
            let start = times[record].start
            return min(range.lowerBound, start)...max(range.upperBound, start)
        }
    }
}
