import Testing

@testable import Load

/// The calls to be made anew: in order, each once, in pages.
struct TouchedCallsTests {
    @Test(arguments: 1...12) func `pages hold every call once, in ascending order`(size: Int) {
        var touched = TouchedCalls(earlier: [9, 3, 9, 4], own: [100..<103, 200..<200, 300..<304])
        // Those of the run are known already.
        touched.add([3, 5, 101, 303])
        let pages = Array(touched.pages(of: size))
        #expect(pages.flatMap { $0 } == [3, 4, 5, 9, 100, 101, 102, 300, 301, 302, 303])
        #expect(pages.allSatisfy { !$0.isEmpty && $0.count <= size })
    }

    @Test func `nothing is nothing`() {
        #expect(TouchedCalls([]).isEmpty)
        #expect(TouchedCalls(earlier: [], own: [5..<5]).isEmpty)
        #expect(Array(TouchedCalls([]).pages(of: 3)).isEmpty)
        #expect(!TouchedCalls(earlier: [], own: [5..<6]).isEmpty)
    }
}
