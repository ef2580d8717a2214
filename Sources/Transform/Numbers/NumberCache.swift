import CallRecords

/// Answers by query: sets of four, the most used first; a new answer replaces the least used.
///
/// Its size is fixed, whatever the size of the input; a hit costs one or two cache lines and no allocation.
struct NumberCache {
    /// A short text and its role, in 24 bytes without indirection.
    struct Key: Hashable {
        fileprivate var low: UInt64 = 0
        fileprivate var middle: UInt64 = 0
        /// Six bytes of text, the text's length, the role. The key of no text is all zeros.
        fileprivate var high: UInt64 = 0

        /// Longer texts are not looked up; no number is that long after unwrapping.
        static let maximum = 22

        init?(_ text: UnsafeBufferPointer<UInt8>, _ role: UInt8) {
            guard text.count <= Self.maximum else { return nil }
            withUnsafeMutableBytes(of: &self) { bytes in
                bytes.copyMemory(from: UnsafeRawBufferPointer(text))
                bytes[22] = UInt8(truncatingIfNeeded: text.count)
                bytes[23] = role
            }
        }

        fileprivate init() {}

        func hash(into hasher: inout Hasher) { hasher.combine(hash) }

        /// Good enough for the dictionaries of a run, as it is for ``NumberCache``.
        func _rawHashValue(seed: Int) -> Int { Int(truncatingIfNeeded: hash ^ hash >> 32) ^ seed }

        /// Multiplications by odd constants (Vigna's SplitMix64); the high bits are the good ones. An attacker who
        /// makes keys collide on purpose causes additional libphonenumber queries, no more.
        fileprivate var hash: UInt64 {
            let mixed =
                (low &* 0x9e37_79b9_7f4a_7c15) ^ (middle &* 0xbf58_476d_1ce4_e5b9) ^ (high &* 0x94d0_49bb_1331_11eb)
            return (mixed ^ (mixed >> 32)) &* 0x9e37_79b9_7f4a_7c15
        }
    }

    private static let ways = 4

    /// Invariant: as many as ``answers``, a multiple of ``ways``; the key of no text marks a vacant place.
    private var keys: [Key]
    private var answers: [PartyNumber]
    /// Turns a hash into the number of a set.
    private let shift: UInt64

    /// - Parameter capacity: rounded up to a power of two, with a minimum of one set.
    init(capacity: Int) {
        let sets = max(1, (capacity + Self.ways - 1) / Self.ways)
        let bits = sets == 1 ? 0 : Int.bitWidth - (sets - 1).leadingZeroBitCount
        keys = Array(repeating: Key(), count: Self.ways << bits)
        answers = Array(repeating: .none, count: Self.ways << bits)
        shift = UInt64(64 - bits)
    }

    /// The number of answers held; never more than there are places.
    var count: Int { keys.count { $0 != Key() } }

    private func firstWay(_ key: Key) -> Int {
        // A shift by 64 yields 0: one set.
        Int(truncatingIfNeeded: key.hash >> shift) * Self.ways
    }

    /// The remembered answer; it moves up one place in its set.
    mutating func answer(_ key: Key) -> PartyNumber? {
        let first = firstWay(key)
        if keys[first] == key { return answers[first] }
        for way in first + 1..<first + Self.ways where keys[way] == key {
            keys.swapAt(way, way - 1)
            answers.swapAt(way, way - 1)
            return answers[way - 1]
        }
        return nil
    }

    /// Remembers an answer that is not present yet, replacing the last of its set.
    mutating func insert(_ answer: PartyNumber, for key: Key) {
        let first = firstWay(key)
        let last = first + Self.ways - 1
        let place = (first...last).first { keys[$0] == Key() } ?? last
        keys[place] = key
        answers[place] = answer
    }
}
