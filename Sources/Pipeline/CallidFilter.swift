/// Remembers any number of callids in a mebibyte: it never forgets one, but may believe that it contains another.
///
/// A Bloom filter (Bloom 1970, "Space/time trade-offs in hash coding with allowable errors") with four bits for each
/// callid: of 300,000 others it believes one in 3,000 to be known, of three million about every third.
struct CallidFilter {
    private var words = [UInt64](repeating: 0, count: 1 << 17)

    /// Adds a callid.
    mutating func insert(_ callid: String) {
        for bit in Self.bits(of: callid) { words[bit >> 6] |= 1 << (bit & 63) }
    }

    /// Whether the callid was added; sometimes true if it was not.
    func mayContain(_ callid: String) -> Bool {
        Self.bits(of: callid).allSatisfy { words[$0 >> 6] & 1 << ($0 & 63) != 0 }
    }

    private static func bits(of callid: String) -> some Sequence<Int> {
        let hash = UInt(bitPattern: callid.hashValue)
        // Odd, so that the four bits differ.
        let step = hash >> 32 | 1
        return (0..<4).lazy.map { Int((hash &+ $0 &* step) & 0x7f_ffff) }
    }
}
