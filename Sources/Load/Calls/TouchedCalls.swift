/// The calls that a run has to make anew: those with a new or changed leg, queue event or visit.
///
/// Calls that the run has numbered itself are kept as ranges, so that memory does not grow with a first load.
public struct TouchedCalls: Sendable {
    /// Calls of earlier runs, in no order and with repetitions.
    private var earlier: [Int64] = []
    /// Calls of this run, in ascending order. Invariant: all of them above those of earlier runs.
    private var own: [Range<Int64>] = []

    init() {}

    /// A set of calls.
    public init(_ calls: [Int64]) { earlier = calls }

    init(earlier: [Int64], own: [Range<Int64>]) {
        self.earlier = earlier
        self.own = own
    }

    /// Whether there is none.
    public var isEmpty: Bool { earlier.isEmpty && own.allSatisfy(\.isEmpty) }

    /// Adds calls, which may be there already.
    public mutating func add(_ calls: [Int64]) {
        earlier += calls.filter { call in
            let index = own.partitioningIndex { $0.upperBound > call }
            return index == own.count || !own[index].contains(call)
        }
    }

    mutating func add(_ call: Int64) { earlier.append(call) }

    /// The calls in ascending order, each once, in pages.
    public func pages(of size: Int) -> some Sequence<[Int64]> {
        var earlier = Set(self.earlier).sorted()[...]
        var own = own[...]
        return AnyIterator {
            if !earlier.isEmpty {
                defer { earlier = earlier.dropFirst(size) }
                return Array(earlier.prefix(size))
            }
            var page: [Int64] = []
            while page.count < size, let range = own.first {
                let part = range.prefix(size - page.count)
                page += part
                own[own.startIndex] = part.endIndex..<range.upperBound
                if own[own.startIndex].isEmpty { own.removeFirst() }
            }
            return page.isEmpty ? nil : page
        }
    }
}

extension Array {
    /// The index of the first element for which `isAbove` holds; the elements must be sorted by it.
    fileprivate func partitioningIndex(_ isAbove: (Element) -> Bool) -> Int {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if isAbove(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
