public import CallRecords

/// Keeps rows with different names apart, whatever their ids say: a list without ids has a shared phone for one, and a column
/// called id may hold something else.
public struct ContactIdentities {
    /// The name under which an id was met first, both as hashes.
    private var names: [Int: Int] = [:]
    /// Rows that had the id of another row with another name.
    public private(set) var conflicts = 0

    /// Nobody is known.
    public init() {}

    /// Gives a row whose id another name has an id of its own, made of both; the same in every sync, as long as the order of
    /// the list is.
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
        name.lowercased().split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
}
