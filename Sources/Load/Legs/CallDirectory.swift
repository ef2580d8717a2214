import Base
import CallRecords

/// The call of a uniqueid or linkedid, for the keys that a run has met recently.
///
/// Calls are sets of legs that share a key, transitively; the directory joins the sets (union-find on call ids) as the
/// legs pass by. It forgets the oldest keys, so that memory does not grow with the input. If a key is not found here,
/// the warehouse must be queried when ``mayBeStored(_:)`` is true. Keys are forgotten only between batches: everything
/// looked up for a batch stays for as long as the batch is processed.
struct CallDirectory {
    /// A key that the directory has forgotten and that the warehouse cannot find: a linkedid that is no leg's uniqueid.
    struct Forgotten {
        var key: Hash128
        var call: Int64
    }

    /// Eight bytes: there are two for each leg in memory.
    private struct Entry {
        private let bits: Int64

        init(call: Int64, isStored: Bool) { bits = call << 1 | (isStored ? 1 : 0) }

        var call: Int64 { bits >> 1 }
        /// Whether the warehouse finds the key by itself, because it is a leg's uniqueid or the alias of a call from an
        /// earlier run.
        var isStored: Bool { bits & 1 == 1 }
    }

    /// The id of a call, or of a block, as a key. Ids grow one by one and need no hashing.
    private struct ID: Hashable {
        var number: Int64

        func hash(into hasher: inout Hasher) { hasher.combine(number) }

        func _rawHashValue(seed: Int) -> Int { Int(truncatingIfNeeded: number) ^ seed }
    }

    /// The number of keys in a generation, after which the next one begins; two generations are kept.
    private let capacity: Int
    private var young: [Hash128: Entry] = [:]
    private var old: [Hash128: Entry] = [:]
    /// The latest epoch of a forgotten key; `nil` if there are none.
    private var forgottenUpTo: Moment?
    private var youngUpTo = Moment.distantPast
    private var oldUpTo = Moment.distantPast
    /// The latest start of a leg in the warehouse before the run; `nil` if it has no legs.
    private let storedUpTo: Moment?

    /// Calls that turned out to be parts of others: the smaller id is kept. Invariant: parents are smaller than
    /// children.
    private var parents: [ID: Int64] = [:]

    /// The next id of the current block. It is greater than all ids that this run has assigned.
    private(set) var nextID: Int64 = 0
    private var blockEnd: Int64 = 0
    /// The blocks that this run has taken, to distinguish its own legs from older ones.
    private var ownBlocks: Set<ID> = []

    /// The step of the sequence `voip.call_id`.
    static let blockSize: Int64 = 1000
    /// Clocks on Earth differ by up to 26 hours: legs that were loaded in a wrong zone are up to that far from their
    /// channels.
    private static let slack: Int64 = 26 * 3600

    init(storedUpTo: Moment?, capacity: Int = 250_000) {
        self.storedUpTo = storedUpTo
        self.capacity = capacity
    }

    /// The call of a key, if this run has met the key and still knows it.
    func call(of key: Hash128) -> Int64? {
        (young[key] ?? old[key]).map { root($0.call) }
    }

    /// Whether the warehouse may know a key that the directory does not.
    ///
    /// A leg starts after the channels named by its ids, so an id newer than all stored legs is not in the warehouse.
    func mayBeStored(_ id: UniqueID?) -> Bool {
        if storedUpTo == nil, forgottenUpTo == nil { return false }
        guard let id else { return true }
        if let forgottenUpTo, id.created <= forgottenUpTo { return true }
        return storedUpTo.map { id.created <= $0.adding(seconds: Self.slack) } ?? false
    }

    /// Forgets the older generation when the younger one is full. Returns the keys that nothing else remembers.
    mutating func beginBatch() -> [Forgotten] {
        guard young.count >= capacity else { return [] }
        let forgotten = old.filter { !$0.value.isStored && young[$0.key] == nil }
        if !old.isEmpty { forgottenUpTo = max(forgottenUpTo ?? .distantPast, oldUpTo) }
        (old, oldUpTo) = (young, youngUpTo)
        (young, youngUpTo) = (Dictionary(minimumCapacity: capacity), .distantPast)
        return forgotten.map { Forgotten(key: $0.key, call: root($0.value.call)) }
    }

    /// Records the call of a key, and joins it with the key's previous call.
    ///
    /// - Parameters:
    ///   - key: hash of a uniqueid or linkedid.
    ///   - call: the call that it belongs to.
    ///   - id: the same, where it has an epoch.
    ///   - isStored: whether the warehouse will find the key by itself, as it finds the uniqueids of legs.
    /// - Returns: the call of the key from now on.
    @discardableResult
    mutating func insert(_ key: Hash128, call: Int64, id: UniqueID?, isStored: Bool) -> Int64 {
        let known = young[key] ?? old[key]
        let call = known.map { join($0.call, call) } ?? root(call)
        young[key] = Entry(call: call, isStored: isStored || known?.isStored ?? false)
        youngUpTo = max(youngUpTo, id?.created ?? youngUpTo)
        return call
    }

    /// The call that a call has become part of.
    func root(_ call: Int64) -> Int64 {
        var call = call
        while let parent = parents[ID(number: call)] { call = parent }
        return call
    }

    /// Calls that turned out to be parts of others, each with the call that it is part of.
    var merged: [Int64: Int64] {
        Dictionary(uniqueKeysWithValues: parents.keys.map { ($0.number, root($0.number)) })
    }

    /// Joins two calls; the smaller id is kept.
    mutating func join(_ one: Int64, _ other: Int64) -> Int64 {
        let (first, second) = (root(one), root(other))
        if first != second { parents[ID(number: max(first, second))] = min(first, second) }
        return min(first, second)
    }

    /// Whether this run assigned the call's id.
    func isOwn(_ call: Int64) -> Bool { ownBlocks.contains(ID(number: call / Self.blockSize)) }

    /// Adds a block from the sequence.
    mutating func addBlock(_ start: Int64) {
        ownBlocks.insert(ID(number: start / Self.blockSize))
        (nextID, blockEnd) = (start, start + Self.blockSize)
    }

    /// An id for a new call; `nil` if a block is needed first.
    mutating func newCall() -> Int64? {
        guard nextID < blockEnd else { return nil }
        defer { nextID += 1 }
        return nextID
    }
}
