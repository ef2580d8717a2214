import Base
import CallRecords

/// Which call a uniqueid or linkedid belongs to, for the keys that a run has met lately.
///
/// Calls are sets of legs that share a key, transitively; the directory joins the sets (union-find on call ids) as the
/// legs pass by. It forgets the oldest keys, so that memory does not grow with the input; who finds nothing here has to
/// ask the warehouse where ``mayBeStored(_:)`` says so. Keys are forgotten between batches only: what was looked up
/// for a batch is there as long as the batch is worked on.
struct CallDirectory {
    /// A key that the directory has forgotten and the warehouse does not find: a linkedid that is no leg's uniqueid.
    struct Forgotten {
        var key: Hash128
        var call: Int64
    }

    private struct Entry {
        var call: Int64
        /// Whether the warehouse finds the key by itself: it is a leg's uniqueid, or names a call of an earlier run.
        var isStored: Bool
    }

    /// Keys of one generation, after which the next begins; two are held.
    private let capacity: Int
    private var young: [Hash128: Entry] = [:]
    private var old: [Hash128: Entry] = [:]
    /// Latest epoch of keys that were forgotten; `nil` while none was.
    private var forgottenUpTo: Moment?
    private var youngUpTo = Moment.distantPast
    private var oldUpTo = Moment.distantPast
    /// Latest start of a leg in the warehouse before the run; `nil` where it has none.
    private let storedUpTo: Moment?

    /// Calls that turned out to be parts of others: the smaller id stays. Invariant: parents are smaller than children.
    private(set) var merged: [Int64: Int64] = [:]

    /// The next of the block at hand. No call that this run has numbered so far is as great.
    private(set) var nextID: Int64 = 0
    private var blockEnd: Int64 = 0
    /// Blocks that this run took, to tell its own legs from older ones.
    private var ownBlocks: Set<Int64> = []

    /// The step of the sequence `voip.call_id`.
    static let blockSize: Int64 = 1000
    /// Clocks on Earth differ by up to 26 hours: legs that were loaded in a wrong zone are that far from their channels.
    private static let slack: Int64 = 26 * 3600

    init(storedUpTo: Moment?, capacity: Int = 250_000) {
        self.storedUpTo = storedUpTo
        self.capacity = capacity
    }

    /// The call of a key, if this run has met it and still knows.
    func call(of key: Hash128) -> Int64? {
        (young[key] ?? old[key]).map { root($0.call) }
    }

    /// Whether the warehouse may know a key that the directory does not.
    ///
    /// A leg starts after the channels that its ids name, so an id younger than all that is stored is not there.
    func mayBeStored(_ id: UniqueID?) -> Bool {
        if storedUpTo == nil, forgottenUpTo == nil { return false }
        guard let id else { return true }
        if let forgottenUpTo, id.created <= forgottenUpTo { return true }
        return storedUpTo.map { id.created <= $0.adding(seconds: Self.slack) } ?? false
    }

    /// Forgets the older generation when the younger one is full. Returns what nobody else remembers.
    mutating func beginBatch() -> [Forgotten] {
        guard young.count >= capacity else { return [] }
        let forgotten = old.filter { !$0.value.isStored && young[$0.key] == nil }
        if !old.isEmpty { forgottenUpTo = max(forgottenUpTo ?? .distantPast, oldUpTo) }
        (old, oldUpTo) = (young, youngUpTo)
        (young, youngUpTo) = (Dictionary(minimumCapacity: capacity), .distantPast)
        return forgotten.map { Forgotten(key: $0.key, call: root($0.value.call)) }
    }

    /// Notes the call of a key, and joins it with the one that the key had.
    ///
    /// - Parameters:
    ///   - key: hash of a uniqueid or linkedid.
    ///   - call: the call that it belongs to.
    ///   - id: the same, where it has an epoch.
    ///   - isStored: whether the warehouse will find the key by itself, as it does the uniqueids of legs.
    /// - Returns: the call of the key from now on.
    @discardableResult
    mutating func insert(_ key: Hash128, call: Int64, id: UniqueID?, isStored: Bool) -> Int64 {
        let known = young[key] ?? old[key]
        let call = known.map { join($0.call, call) } ?? root(call)
        young[key] = Entry(call: call, isStored: isStored || known?.isStored ?? false)
        youngUpTo = max(youngUpTo, id?.created ?? youngUpTo)
        return call
    }

    /// The call that a call is part of by now.
    func root(_ call: Int64) -> Int64 {
        var call = call
        while let parent = merged[call] { call = parent }
        return call
    }

    /// Joins two calls; the smaller id stays.
    mutating func join(_ one: Int64, _ other: Int64) -> Int64 {
        let (first, second) = (root(one), root(other))
        if first != second { merged[max(first, second)] = min(first, second) }
        return min(first, second)
    }

    /// Whether the call was numbered by this run.
    func isOwn(_ call: Int64) -> Bool { ownBlocks.contains(call - call % Self.blockSize) }

    /// Takes a block from the sequence.
    mutating func addBlock(_ start: Int64) {
        ownBlocks.insert(start - start % Self.blockSize)
        (nextID, blockEnd) = (start, start + Self.blockSize)
    }

    /// A number for a new call; `nil` when a block is needed first.
    mutating func newCall() -> Int64? {
        guard nextID < blockEnd else { return nil }
        defer { nextID += 1 }
        return nextID
    }
}
