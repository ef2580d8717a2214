import Base
import CallRecords

/// The legs that a run has recently inserted. If the warehouse can hold no others in a chunk's minutes, as in a first
/// load and after the newest leg, it does not have to be queried.
struct RecentLegs {
    private struct Entry {
        var start: Moment
        var uniqueid: Hash128?
        /// Seconds since 1970; 0 where the uniqueid does not say. In the room that an optional hash leaves: there are
        /// thirty thousand of these.
        private var creation: UInt32
        var number: Int64
        var content: Int64
        var row: Int64
        var call: Int64

        /// When the leg's channel was created; `nil` if its uniqueid does not say.
        var created: Moment? { creation == 0 ? nil : Moment(seconds: Int64(creation)) }

        init(_ record: Int, of batch: LegBatch, call: Int64) {
            let identity = batch.identities[record]
            start = batch.times[record].start
            uniqueid = identity.isNameless ? nil : identity.uniqueid
            creation = UInt32(clamping: batch.records.headers[record].uniqueid?.parsed?.epoch ?? 0)
            (number, content, row, self.call) = (identity.legNumber, identity.content, identity.row, call)
        }
    }

    /// The latest start of a leg that is in the warehouse but not here; `nil` if there is none.
    private var unknownUpTo: Moment?
    /// The latest creation of the channel of a leg that is no longer here; `nil` if there is none.
    private var forgottenUpTo: Moment?
    /// The newest is last. Invariant: not more than one of them, or at most ``capacity`` legs together.
    private var batches: [[Entry]] = []
    private var count = 0
    private let capacity: Int

    /// - Parameters:
    ///   - storedUpTo: the latest start of a leg in the warehouse before the run.
    ///   - capacity: the number of legs; a file has a leg of a long call far behind those that began with it.
    init(storedUpTo: Moment?, capacity: Int) { (unknownUpTo, self.capacity) = (storedUpTo, capacity) }

    /// Whether the warehouse has no other legs that begin at this time or later.
    func isComplete(from first: Moment) -> Bool { unknownUpTo.map { first > $0 } ?? true }

    /// Whether every leg of this run with the uniqueid of one of these channels is here. A leg's start may be corrected
    /// between two of its versions; when its channel was created is a part of its uniqueid, and stays.
    func hasEveryLeg(ofChannelsCreatedFrom first: Moment) -> Bool { forgottenUpTo.map { first > $0 } ?? true }

    /// The legs in a span of starts, and those whose channels were created in another span; `nil` if the warehouse may
    /// have more that start in the first one.
    func stored(from first: Moment, through last: Moment, created: ClosedRange<Moment>? = nil) -> StoredLegs? {
        guard isComplete(from: first) else { return nil }
        var stored = StoredLegs()
        for entry in batches.joined() {
            let isVersion = created.flatMap { span in entry.created.map(span.contains) } ?? false
            guard first <= entry.start && entry.start <= last || isVersion else { continue }
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
        batches.append(zip(records, calls).map { Entry($0, of: batch, call: $1) })
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
        guard let latest = batch.lazy.compactMap(\.created).max() else { return }
        forgottenUpTo = max(forgottenUpTo ?? latest, latest)
    }
}
