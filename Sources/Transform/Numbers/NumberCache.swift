import CallRecords

/// Answers by what was asked. Holds at most ``capacity`` of them: when the younger half is full, the older is dropped,
/// and what is asked for in the older moves to the younger. So the busy numbers stay, whatever the input's size.
struct NumberCache {
    let capacity: Int
    private var young: [Key: PartyNumber] = [:]
    private var old: [Key: PartyNumber] = [:]

    init(capacity: Int) {
        self.capacity = max(2, capacity)
        young.reserveCapacity(self.capacity / 2)
    }

    var count: Int { young.count + old.count }

    /// A short text and the role it was in, in 24 bytes without indirection.
    struct Key: Hashable {
        private var low: UInt64 = 0
        private var middle: UInt64 = 0
        /// Six bytes of text, the text's length, the role.
        private var high: UInt64 = 0

        /// Longer texts are not looked up; after unwrapping, no number is that long.
        static let maximum = 22

        init?(_ text: UnsafeBufferPointer<UInt8>, _ role: UInt8) {
            guard text.count <= Self.maximum else { return nil }
            withUnsafeMutableBytes(of: &self) { bytes in
                bytes.copyMemory(from: UnsafeRawBufferPointer(text))
                bytes[22] = UInt8(truncatingIfNeeded: text.count)
                bytes[23] = role
            }
        }
    }

    mutating func answer(_ key: Key) -> PartyNumber? {
        if let answer = young[key] { return answer }
        guard let answer = old[key] else { return nil }
        insert(answer, for: key)
        return answer
    }

    mutating func insert(_ answer: PartyNumber, for key: Key) {
        if young.count >= capacity / 2 {
            swap(&young, &old)
            young.removeAll(keepingCapacity: true)
        }
        young[key] = answer
    }
}
