/// A hash table of indexes into an array that somebody else has, by open addressing.
///
/// Half of each hash is kept beside its index, so that growing, and passing over an index that hashes differently, do not
/// look at the array.
struct HashPlaces: Sendable {
    /// The upper half of the hash, then the index plus one; 0 marks a free place. An entry is at the place that its upper
    /// bits say, or after it.
    private var entries = [UInt64](repeating: 0, count: 1 << 10)
    private var count = 0

    /// Adds an index, which must not be there yet.
    mutating func add(_ index: Int, _ hash: UInt64) {
        if count >= entries.count / 4 * 3 { grow() }
        put(hash & Self.upper | UInt64(truncatingIfNeeded: index + 1) & ~Self.upper)
        count += 1
    }

    /// The first index with this hash of which `isWanted` is true.
    func first(_ hash: UInt64, where isWanted: (Int) -> Bool) -> Int? {
        var place = start(hash)
        while entries[place] != 0 {
            if (entries[place] ^ hash) & Self.upper == 0 {
                let index = Int(truncatingIfNeeded: entries[place] & ~Self.upper) - 1
                if isWanted(index) { return index }
            }
            place = (place + 1) & (entries.count - 1)
        }
        return nil
    }

    private static let upper: UInt64 = 0xFFFF_FFFF_0000_0000

    private func start(_ hash: UInt64) -> Int {
        Int(truncatingIfNeeded: hash >> UInt64(64 - entries.count.trailingZeroBitCount))
    }

    private mutating func put(_ entry: UInt64) {
        var place = start(entry)
        while entries[place] != 0 { place = (place + 1) & (entries.count - 1) }
        entries[place] = entry
    }

    private mutating func grow() {
        let old = entries
        entries = [UInt64](repeating: 0, count: old.count * 2)
        for entry in old where entry != 0 { put(entry) }
    }
}
