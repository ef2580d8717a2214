/// What became of the records of one source in one run (contract, section 3).
public struct Counters: Hashable, Sendable {
    /// Complete records that were read.
    public var read: Int64 = 0
    /// Outside the window.
    public var outOfWindow: Int64 = 0
    /// Records that occurred before in this run.
    public var duplicates: Int64 = 0
    /// Rejected, with a reason.
    public var rejected: Int64 = 0
    /// New in the warehouse.
    public var inserted: Int64 = 0
    /// Newer versions of records in the warehouse.
    public var updated: Int64 = 0
    /// Already in the warehouse, unchanged.
    public var unchanged: Int64 = 0

    /// Counters at zero.
    public init() {}

    /// Whether every record is accounted for: `read` is the sum of all others.
    public var addUp: Bool { read == outOfWindow + duplicates + rejected + inserted + updated + unchanged }

    /// Records that changed the warehouse.
    public var changes: Int64 { inserted + updated }

    /// The counters by the contract's names, in its order.
    public var named: [(name: String, value: Int64)] {
        [
            ("read", read), ("out_of_window", outOfWindow), ("duplicates", duplicates), ("rejected", rejected),
            ("inserted", inserted), ("updated", updated), ("unchanged", unchanged),
        ]
    }

    /// Adds the counts of more records.
    public static func += (left: inout Counters, right: Counters) {
        left.read += right.read
        left.outOfWindow += right.outOfWindow
        left.duplicates += right.duplicates
        left.rejected += right.rejected
        left.inserted += right.inserted
        left.updated += right.updated
        left.unchanged += right.unchanged
    }
}
