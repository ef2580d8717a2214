/// A partition of a table that is kept by month: the rows of one month whose keys begin with the same system's name.
struct MonthPartition: Hashable, Comparable {
    let month: PartitionMonth
    /// `systemname` of asterisk.conf and the hyphen behind it, with which all uniqueids of that system begin; empty for
    /// systems without a name.
    let prefix: String

    /// By month, then by the system's name.
    static func < (one: MonthPartition, other: MonthPartition) -> Bool {
        (one.month, one.prefix) < (other.month, other.prefix)
    }

    /// Those of some systems that may have partitions besides one another: a month of `pbx-` would hold rows of a system
    /// `pbx-17`, because partitions are compared as text. Of two such systems, the first in the list or else the shorter
    /// one is kept; rows of the other stay with the rest.
    ///
    /// - Parameters:
    ///   - prefixes: what the keys of each system begin with.
    ///   - known: systems that have partitions already.
    static func separable(_ prefixes: Set<String>, besides known: Set<String>) -> Set<String> {
        var kept = known
        for prefix in prefixes.subtracting(known).sorted(by: { ($0.utf8.count, $0) < ($1.utf8.count, $1) })
        where !kept.contains(where: { continues($0, prefix) || continues(prefix, $0) }) {
            kept.insert(prefix)
        }
        return kept
    }

    /// Whether one text begins with another, and goes on with a digit, as the seconds do that follow a system's name.
    private static func continues(_ text: String, _ longer: String) -> Bool {
        guard longer.utf8.count > text.utf8.count, longer.hasPrefix(text) else { return false }
        return longer.dropFirst(text.count).first.map { "0"..."9" ~= $0 } ?? false
    }
}
