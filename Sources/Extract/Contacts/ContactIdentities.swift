public import CallRecords

/// Keeps rows with different names apart even if their ids are equal: a list without ids uses phones as ids, which may
/// be shared, and a column called id may contain something else.
public struct ContactIdentities {
    /// The ids seen so far as hashes, by open addressing; 0 marks a free place. A dictionary would hash the hashes again.
    private var keys = [UInt64](repeating: 0, count: 1 << 10)
    /// The hash of the name with which the id of the same index was first seen. Two names of one id are taken for one in
    /// one of four billion cases, and in another one the next time, since the hashes are seeded.
    private var names = [UInt32](repeating: 0, count: 1 << 10)
    private var count = 0
    /// Rows that had the id of another row with another name.
    public private(set) var conflicts = 0

    /// No ids seen yet.
    public init() {}

    /// Gives a row a new id if its id was already seen with another name. The new id is made from both, and is the same
    /// in every sync as long as the order of the list is.
    public mutating func separate(_ record: inout ContactRecord) {
        guard !record.name.isEmpty else { return }
        var key = Hasher()
        key.combine(record.kind)
        key.combine(record.id)
        let id = max(1, UInt64(bitPattern: Int64(key.finalize())))
        let name = UInt32(truncatingIfNeeded: Self.comparable(record.name).hashValue)
        let index = index(of: id)
        guard keys[index] != 0 else {
            (keys[index], names[index]) = (id, name)
            count += 1
            if count > keys.count / 4 * 3 { grow() }
            return
        }
        if names[index] == name { return }
        conflicts += 1
        record.id += " " + record.name
    }

    /// Where an id is, or would be.
    private func index(of id: UInt64) -> Int {
        var index = Int(truncatingIfNeeded: id) & (keys.count - 1)
        while keys[index] != 0, keys[index] != id { index = (index + 1) & (keys.count - 1) }
        return index
    }

    private mutating func grow() {
        let old = (keys, names)
        keys = [UInt64](repeating: 0, count: old.0.count * 2)
        names = [UInt32](repeating: 0, count: old.0.count * 2)
        for (id, name) in zip(old.0, old.1) where id != 0 {
            let index = index(of: id)
            (keys[index], names[index]) = (id, name)
        }
    }

    /// In small letters, with one blank between words.
    private static func comparable(_ name: String) -> String {
        comparableASCII(name) ?? name.lowercased().split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }

    /// The same for most names, byte by byte, for which the Unicode tables need not be asked; `nil` for the others.
    private static func comparableASCII(_ name: String) -> String? {
        guard name.utf8.allSatisfy({ $0 < 0x80 }) else { return nil }
        return String(unsafeUninitializedCapacity: name.utf8.count) { bytes in
            var (end, isBetween) = (0, false)
            for byte in name.utf8 {
                if byte == 0x20 || 0x09...0x0D ~= byte {
                    isBetween = end > 0
                    continue
                }
                if isBetween {
                    bytes[end] = 0x20
                    end += 1
                }
                isBetween = false
                bytes[end] = UInt8(ascii: "A")...UInt8(ascii: "Z") ~= byte ? byte | 0x20 : byte
                end += 1
            }
            return end
        }
    }
}
