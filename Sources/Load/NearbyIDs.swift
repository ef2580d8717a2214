import Postgres

/// Uniqueids of channels that were made within twelve days of each other, with the bounds between which they are.
///
/// A query for thousands of ids names the bounds too, because a table that is kept by month is divided by the same column: the
/// server then finds the month from two values. From the ids themselves it would make a condition of each, for every query.
struct NearbyIDs: Equatable {
    private(set) var ids: [String]
    /// The first id by bytes, as the warehouse compares them.
    private(set) var first: String
    /// The last id by bytes.
    private(set) var last: String

    private init(_ id: String) { (ids, first, last) = ([id], id, id) }

    /// Divides ids by what they begin with, up to the millions of their seconds. Ids without seconds make one group.
    static func groups(of ids: some Collection<String>) -> [NearbyIDs] {
        var groups: [String: NearbyIDs] = [:]
        for id in ids {
            let beginning = beginning(of: id)
            if groups[beginning] == nil {
                groups[beginning] = NearbyIDs(id)
            } else {
                groups[beginning]?.add(id)
            }
        }
        return groups.values.sorted { $0.first.utf8.lexicographicallyPrecedes($1.first.utf8) }
    }

    private mutating func add(_ id: String) {
        ids.append(id)
        if id.utf8.lexicographicallyPrecedes(first.utf8) { first = id }
        if last.utf8.lexicographicallyPrecedes(id.utf8) { last = id }
    }

    /// `pbx1-1767` of `pbx1-1767600013.6`.
    private static func beginning(of id: String) -> String {
        guard let point = id.utf8.lastIndex(of: UInt8(ascii: ".")),
            let end = id.utf8.index(point, offsetBy: -6, limitedBy: id.utf8.startIndex)
        else { return "" }
        return String(id.utf8[..<end]) ?? ""
    }

    /// The ids and their bounds: the first three parameters of a statement.
    var parameters: [Parameter] { [.textArray(ids), .text(first), .text(last)] }
    /// The same for no ids.
    static let noParameters: [Parameter] = [.textArray([]), .text(""), .text("")]
}
