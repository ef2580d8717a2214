import Base
import Testing

@testable import Extract

struct WindowSearchTests {
    /// A file of records of ten bytes: the ends, in its order. A sample has the next three.
    private func offset(_ ends: [Int64], from: Int64, resolution: Int64 = 10) -> Int64? {
        let search = WindowSearch(0..<Int64(ends.count) * 10, from: Moment(seconds: from), resolution: resolution)
        return search.offset { offset in
            let first = Int(offset + 9) / 10
            guard first < ends.count else { return nil }
            let sample = ends[first..<min(ends.count, first + 3)].map { Moment(seconds: $0) }
            return WindowSearch.Sample(offset: Int64(first) * 10, ends: sample)
        }
    }

    private static let hour: Int64 = 3600
    /// A thousand records, an hour apart.
    private static let hourly = (0..<1000).map { Int64($0) * hour }

    @Test(arguments: [3, 10, 500, 997] as [Int64])
    func `nothing in front of the offset ended in the window, and little behind it before`(hour: Int64) throws {
        let from = hour * Self.hour
        let found = try #require(offset(Self.hourly, from: from)) / 10
        #expect(found <= hour)
        // Two hours of slack, the three records of a sample, and those between two places.
        #expect(found >= hour - 12)
    }

    @Test func `where all of the file is in the window, it begins with the file`() {
        #expect(offset(Self.hourly, from: 0) == 0)
        #expect(offset(Self.hourly, from: -5) == 0)
    }

    @Test func `where nothing is in the window, only the end of the file is read`() throws {
        let found = try #require(offset(Self.hourly, from: 5000 * Self.hour)) / 10
        #expect(found > 980)
    }

    @Test func `records that stand up to two hours out of turn do not matter`() throws {
        var ends = Self.hourly
        for index in stride(from: 0, to: 998, by: 2) { ends.swapAt(index, index + 1) }
        let found = try #require(offset(ends, from: 500 * Self.hour)) / 10
        #expect(ends[..<Int(found)].allSatisfy { $0 < 500 * Self.hour })
    }

    @Test func `a file out of order has no offset`() {
        let turned = Array(Self.hourly[500...] + Self.hourly[..<500])
        #expect(offset(turned, from: 700 * Self.hour) == nil)
        #expect(offset(Self.hourly.reversed(), from: 700 * Self.hour) == nil)
    }

    @Test func `the order is watched with two hours of slack`() {
        var order = WindowSearch.Order()
        let isHeld = order.holds([Moment(seconds: 10_000), Moment(seconds: 2_800)])
        let isHeldStill = order.holds([Moment(seconds: 2_799)])
        #expect(isHeld)
        #expect(!isHeldStill)
    }
}
