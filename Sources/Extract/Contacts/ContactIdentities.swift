public import CallRecords

/// Keeps rows with different names apart even if their ids are equal: a list without ids uses phones as ids, which may
/// be shared, and a column called id may contain something else.
public struct ContactIdentities {
    /// The name with which an id was first seen; both are stored as hashes.
    private var names: [Int: Int] = [:]
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
        let id = key.finalize()
        let name = Self.comparable(record.name).hashValue
        guard let known = names[id] else {
            names[id] = name
            return
        }
        if known == name { return }
        conflicts += 1
        record.id += " " + record.name
    }

    private static func comparable(_ name: String) -> String {
        name.lowercased().split(whereSeparator: isSpace).joined(separator: " ")
    }

    /// Most characters are ASCII, for which the Unicode tables need not be asked.
    private static func isSpace(_ character: Character) -> Bool {
        character.asciiValue.map { $0 == 0x20 || 0x09...0x0D ~= $0 } ?? character.isWhitespace
    }
}
