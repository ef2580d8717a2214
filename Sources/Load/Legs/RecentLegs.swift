import Base
import CallRecords

/// The legs that a run has inserted lately. Where the warehouse can hold no others of a chunk's minutes, as in a first load
/// and in what follows the newest leg, nobody has to ask it.
struct RecentLegs {
    private struct Entry {
        var start: Moment
        var uniqueid: Hash128?
        var number: Int64
        var content: Int64
        var row: Int64
        var call: Int64
    }

    /// Latest start of a leg that is in the warehouse and not here; `nil` if there is none.
    private var unknownUpTo: Moment?
    /// The newest last. Invariant: at most ``capacity`` of them.
    private var batches: [[Entry]] = []
    private static let capacity = 4

    /// - Parameter storedUpTo: latest start of a leg in the warehouse before the run.
    init(storedUpTo: Moment?) { unknownUpTo = storedUpTo }

    /// Whether the warehouse has no other legs that begin then or later.
    func isComplete(from first: Moment) -> Bool { unknownUpTo.map { first > $0 } ?? true }

    /// What there is of a span of starts; `nil` where the warehouse may have more.
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

    /// Notes what was inserted of a batch, and forgets the oldest for it.
    mutating func note(_ records: [Int], of batch: LegBatch, calls: [Int64]) {
        if batches.count == Self.capacity { forget(batches.removeFirst()) }
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
    }

    /// Forgets everything, as when legs were changed: from now on the warehouse knows better.
    mutating func forgetAll() {
        for batch in batches { forget(batch) }
        batches.removeAll()
    }

    private mutating func forget(_ batch: [Entry]) {
        guard let latest = batch.lazy.map(\.start).max() else { return }
        unknownUpTo = max(unknownUpTo ?? latest, latest)
    }
}
