import Testing
import TestSupport

@testable import Load

/// Calls to rebuild: each once, in order, in pages, with little memory.
struct IDRangesTests {
    @Test(arguments: 1...12) func `pages hold every id once, in ascending order`(size: Int) {
        var ids = IDRanges()
        for id: Int64 in [9, 3, 9, 4, 100, 102, 101, 300, 5] { ids.insert(id) }
        var pages: [[Int64]] = []
        ids.forEachPage(of: size) { pages.append($0) }
        #expect(pages.flatMap { $0 } == [3, 4, 5, 9, 100, 101, 102, 300])
        #expect(pages.allSatisfy { !$0.isEmpty && $0.count <= size })
        #expect(ids.count() == 8)
    }

    @Test func `an empty set stays empty`() {
        var ids = IDRanges()
        ids.forEachPage(of: 3) { page in Issue.record("a page \(page)") }
        ids.remove(7)
        #expect(ids.count() == 0)
    }

    @Test(arguments: UInt64(0)..<50) func `it behaves like a set`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var ids = IDRanges()
        var naive: Set<Int64> = []
        for _ in 0..<300 {
            let id = Int64.random(in: 0..<120, using: &random)
            if Int.random(in: 0..<10, using: &random) < 6 {
                ids.insert(id)
                naive.insert(id)
            } else {
                ids.remove(id)
                naive.remove(id)
            }
        }
        var all: [Int64] = []
        ids.forEachPage(of: 11) { all += $0 }
        #expect(all == naive.sorted())
        #expect(ids.count() == naive.count)
    }
}
