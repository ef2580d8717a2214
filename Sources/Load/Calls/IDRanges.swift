/// A set of ids that uses little memory if they are consecutive, as those of a first load are.
public struct IDRanges: Sendable {
    /// Invariant: ascending, not empty, no two touch.
    private var ranges: [Range<Int64>] = []
    /// Ids that are not in ``ranges`` yet, in any order.
    private var pending: [Int64] = []

    /// The empty set.
    public init() {}

    /// Adds an id.
    public mutating func insert(_ id: Int64) {
        if pending.last == id { return }
        pending.append(id)
        if pending.count >= 65_536 { compact() }
    }

    /// Removes an id.
    public mutating func remove(_ id: Int64) {
        compact()
        guard let index = ranges.firstIndex(where: { $0.contains(id) }) else { return }
        let range = ranges[index]
        ranges.replaceSubrange(
            index...index,
            with: [range.lowerBound..<id, id + 1..<range.upperBound].filter { !$0.isEmpty }
        )
    }

    /// Calls the body with the ids in ascending order, a limited number at a time.
    public mutating func forEachPage<E: Error>(of size: Int, _ body: ([Int64]) throws(E) -> Void) throws(E) {
        compact()
        var page: [Int64] = []
        for range in ranges {
            for id in range {
                page.append(id)
                if page.count == size {
                    try body(page)
                    page.removeAll(keepingCapacity: true)
                }
            }
        }
        if !page.isEmpty { try body(page) }
    }

    /// The number of ids.
    public mutating func count() -> Int {
        compact()
        return ranges.reduce(0) { $0 + $1.count }
    }

    private mutating func compact() {
        guard !pending.isEmpty else { return }
        pending.sort()
        let runs = Self.merged(pending.map { $0..<$0 + 1 })
        pending.removeAll(keepingCapacity: true)
        ranges = Self.merged((ranges + runs).sorted { $0.lowerBound < $1.lowerBound })
    }

    private static func merged(_ sorted: [Range<Int64>]) -> [Range<Int64>] {
        var merged: [Range<Int64>] = []
        for range in sorted {
            if let last = merged.last, range.lowerBound <= last.upperBound {
                merged[merged.count - 1] = last.lowerBound..<max(last.upperBound, range.upperBound)
            } else {
                merged.append(range)
            }
        }
        return merged
    }
}
