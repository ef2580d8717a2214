internal import CallRecords

/// Which call a uniqueid or linkedid belongs to, for the keys that a run has met lately.
///
/// Calls are sets of legs that share a key, transitively; the directory joins the sets (union-find on call ids) as the
/// legs pass by. It forgets the oldest keys, so that memory does not grow with the input; who finds nothing here has to
/// ask the warehouse where ``mayBeStored(_:)`` says so.
struct CallDirectory {
    /// Keys of one generation; two are held.
    private let capacity: Int
    private var young: [Hash128: Int64] = [:]
    private var old: [Hash128: Int64] = [:]
    /// Latest epoch of keys that were forgotten; `nil` while none was.
    private var forgottenUpTo: Int64?
    private var youngUpTo = Int64.min
    private var oldUpTo = Int64.min
    /// Latest start of a leg in the warehouse before the run; `nil` where it has none.
    private let storedUpTo: Int64?

    /// Calls that turned out to be parts of others: the smaller id stays. Invariant: parents are smaller than children.
    private(set) var absorbed: [Int64: Int64] = [:]

    /// Ids of the block at hand.
    private var nextID: Int64 = 0
    private var blockEnd: Int64 = 0
    /// Blocks that this run took, to tell its own legs from older ones.
    private var ownBlocks: Set<Int64> = []

    /// The step of the sequence `voip.call_id`.
    static let blockSize: Int64 = 1000

    init(storedUpTo: Int64?, capacity: Int = 250_000) {
        self.storedUpTo = storedUpTo
        self.capacity = capacity
    }

    /// The call of a key, if this run has met it and still knows.
    func call(of key: Hash128) -> Int64? {
        (young[key] ?? old[key]).map(root)
    }

    /// Whether the warehouse may know a key that the directory does not.
    ///
    /// A leg starts after the channels that its ids name, so an id younger than all that is stored is not there.
    func mayBeStored(_ id: UniqueID?) -> Bool {
        guard let limit = [storedUpTo, forgottenUpTo].compactMap(\.self).max() else { return false }
        guard let id else { return true }
        // Two readings of the clock.
        return id.epoch <= limit + 1
    }

    /// Notes the call of a key.
    mutating func insert(_ key: Hash128, call: Int64, id: UniqueID?) {
        if young[key] == nil, young.count >= capacity {
            if !old.isEmpty { forgottenUpTo = max(forgottenUpTo ?? .min, oldUpTo) }
            (old, oldUpTo) = (young, youngUpTo)
            (young, youngUpTo) = ([:], .min)
        }
        young[key] = call
        youngUpTo = max(youngUpTo, id?.epoch ?? youngUpTo)
    }

    /// The call that a call is part of by now.
    func root(_ call: Int64) -> Int64 {
        var call = call
        while let parent = absorbed[call] { call = parent }
        return call
    }

    /// Joins two calls; the smaller id stays.
    mutating func join(_ one: Int64, _ other: Int64) -> Int64 {
        let (first, second) = (root(one), root(other))
        if first != second { absorbed[max(first, second)] = min(first, second) }
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
