import Base
import CallRecords

/// The legs that a run has recently inserted. If the warehouse can hold no others in a chunk's minutes, as in a first
/// load and after the newest leg, it does not have to be queried.
struct RecentLegs {
    private struct Entry {
        var start: Moment
        var uniqueid: Hash128?
        var number: Int64
        var content: Int64
        var row: Int64
        var call: Int64
    }

    /// The latest start of a leg that is in the warehouse but not here; `nil` if there is none.
    private var unknownUpTo: Moment?
    /// The newest is last. Invariant: not more than one of them, or at most ``capacity`` legs together.
    private var batches: [[Entry]] = []
    private var count = 0
    private let capacity: Int

    /// - Parameters:
    ///   - storedUpTo: the latest start of a leg in the warehouse before the run.
    ///   - capacity: the number of legs; a file has a leg of a long call far behind those that began with it.
    init(storedUpTo: Moment?, capacity: Int = 30_000) { (unknownUpTo, self.capacity) = (storedUpTo, capacity) }

    /// Whether the warehouse has no other legs that begin at this time or later.
    func isComplete(from first: Moment) -> Bool { unknownUpTo.map { first > $0 } ?? true }

    /// The legs in a span of starts; `nil` if the warehouse may have more.
    func stored(from first: Moment, through last: Moment) -> StoredLegs? {
        guard isComplete(from: first) else { return nil }
        var stored = StoredLegs()
        for entry in batches.joined() where first <= entry.start && entry.start <= last {
            stored.insert(
                uniqueid: entry.uniqueid,
                number: entry.number,
                content: entry.content,
                row: entry.row,
                call: entry.call
            )
        }
        return stored
    }

    /// Records what was inserted from a batch, and forgets the oldest batches in exchange.
    mutating func note(_ records: [Int], of batch: LegBatch, calls: [Int64]) {
        batches.append(
            zip(records, calls).map { record, call in
                let identity = batch.identities[record]
                return Entry(
                    start: batch.times[record].start,
                    uniqueid: identity.isNameless ? nil : identity.uniqueid,
                    number: identity.legNumber,
                    content: identity.content,
                    row: identity.row,
                    call: call
                )
            }
        )
        count += records.count
        while count > capacity, batches.count > 1 {
            let oldest = batches.removeFirst()
            count -= oldest.count
            forget(oldest)
        }
    }

    /// Forgets everything, for instance when legs were changed: from then on, only the warehouse is up to date.
    mutating func forgetAll() {
        for batch in batches { forget(batch) }
        batches.removeAll()
        count = 0
    }

    private mutating func forget(_ batch: [Entry]) {
        guard let latest = batch.lazy.map(\.start).max() else { return }
        unknownUpTo = max(unknownUpTo ?? latest, latest)
    }
}
